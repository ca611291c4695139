// SPDX-License-Identifier: BSD-3-Clause

/// What libpam makes of the results so far: `impression` and `status` in libpam/pam_dispatch.c.
struct Impression: Hashable {
  /// `_PAM_UNDEF`, `_PAM_POSITIVE` and `_PAM_NEGATIVE`.
  enum Sign { case undefined, positive, negative }
  let sign: Sign
  /// Whether `status`, which libpam is going to return, is PAM_SUCCESS.
  let isSuccess: Bool

  init(_ sign: Sign = .undefined, _ isSuccess: Bool = false) {
    (self.sign, self.isSuccess) = (sign, isSuccess)
  }

  /// Whether a module's approval still counts.
  var isGood: Bool { sign == .undefined || isOpening }
  /// Whether the session opens if no line follows.
  var isOpening: Bool { sign == .positive && isSuccess }
}

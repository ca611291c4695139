// SPDX-License-Identifier: BSD-3-Clause

/// The sessions that the real libpam, modules and kernel make of the files.
extension ConfigurationFixture {
  /// What a daemon can have when it opens a session, and for whom it does.
  public enum Beginning: String, CaseIterable {
    case nothing, implicitOfRoot, brought, implicitForRoot, broughtForRoot
    /// What su and sudo have: the session keyring of the user who runs them.
    case ofInvoker, ofInvokerForRoot

    public var isForRoot: Bool {
      [.implicitForRoot, .broughtForRoot, .ofInvokerForRoot].contains(self)
    }
    public var isOfInvoker: Bool { self == .ofInvoker || self == .ofInvokerForRoot }

    fileprivate var steps: String {
      switch self {
      // A thread cannot lose its keyring. What it would fall back to is as good.
      case .nothing: "ids:{uid}:{uid}:0 remember:@us join:_uid_ses.{uid} ids:0:0:0"
      case .implicitOfRoot, .implicitForRoot: "ids:0:0:0 join:_uid_ses.0"
      case .brought, .broughtForRoot: "ids:0:0:0 join"
      case .ofInvoker, .ofInvokerForRoot: "ids:{other}:0:0 join"
      }
    }
  }

  /// What became of one session.
  public struct Session: CustomStringConvertible {
    public var isOpen = false
    /// Whether its keyring is an explicit one that the user owns.
    public var hasOwnKeyring = false
    /// How many keyrings were made for it.
    public var made = 0
    /// Whether that links the user session keyring, if the steps show it.
    public var linksUserSession = false

    public var description: String {
      isOpen
        ? "\(hasOwnKeyring ? "own" : "another's")\(linksUserSession ? ", @us" : "") after \(made)"
        : "not open"
    }
  }

  /// Opens a session through each service for each beginning, those with an invoker if the services are su's or
  /// sudo's. The modules' lines must say `debug`.
  public func sessions(
    through services: [String], withInvoker: Bool = false
  ) throws -> [String: [Beginning: Session]] {
    let overlay = """
      if [ -d "$0/etc/pam.d" ]; then
        mount --bind "$0/etc/pam.d" /etc/pam.d
      else
        mount -t tmpfs tmpfs /etc
        cp "$0/etc/pam.conf" /etc
      fi
      mkdir -p "$0/work"
      mount -t overlay overlay -o "lowerdir=/usr,upperdir=$0/usr,workdir=$0/work" /usr
      exec "$@"
      """
    // libpam looks where it always does.
    let environment = login.environment.filter { $0.key != "PAM_CONFDIR" }
    let transcript = try login.run(
      "/usr/bin/unshare",
      ["--mount", "sh", "-ec", overlay, root.path, PAMFixture.driver]
        + login.words(
          script(
            through: services, Beginning.allCases.filter { withInvoker || !$0.isOfInvoker },
            thenShow: true)),
      environment: environment)
    return sessions(in: transcript.description[...])
  }

  /// The driver's steps that open these sessions, for the user or for one of the more that there are.
  func script(
    through services: [String], _ beginnings: [Beginning], forUser number: Int? = nil,
    thenShow: Bool = false
  ) -> String {
    let (name, uid) =
      number.map { ("u\($0)", "\(login.otherUID + 1 + UInt32($0))") } ?? ("user", "{uid}")
    return services.flatMap { service in
      beginnings.map { beginning in
        let user = beginning.isForRoot ? "root" : name
        let steps = beginning.steps.replacing("{uid}", with: uid)
        return "mark:\(service):\(beginning) fork [ \(steps) "
          + "start:h:\(service):\(user) open:h owner:\(user) \(thenShow ? "show " : "")]"
      }
    }.joined(separator: " ")
  }

  /// What the driver printed of them.
  func sessions(in output: Substring) -> [String: [Beginning: Session]] {
    var sessions: [String: [Beginning: Session]] = [:]
    var current: (String, Beginning)?
    // A carriage return is a part of what libpam logs, and of a keyring's name.
    for line in output.utf8.split(separator: UInt8(ascii: "\n")).map({ String(Substring($0)) }) {
      let words = line.split(whereSeparator: { $0 == " " || $0 == ":" }).map(String.init)
      if words.first == "mark", words.count == 3, let beginning = Beginning(rawValue: words[2]) {
        current = (words[1], beginning)
        sessions[words[1], default: [:]][beginning] = Session()
      }
      guard let (service, beginning) = current else { continue }
      if line == "open PAM_SUCCESS" { sessions[service]?[beginning]?.isOpen = true }
      if line == "owner right" { sessions[service]?[beginning]?.hasOwnKeyring = true }
      if words.first == "show", words.last?.contains("_uid_ses.") ?? false {
        sessions[service]?[beginning]?.linksUserSession = true
      }
      if line.contains("joined: ok") || line.contains("JOIN = ") {
        sessions[service]?[beginning]?.made += 1
      }
    }
    return sessions
  }
}

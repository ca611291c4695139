// SPDX-License-Identifier: BSD-3-Clause

extension AdviceNote.Reason {
  /// What is said of it, and what to run or write, if anything.
  func wording(for services: [String]) -> (text: String, command: String?) {
    switch self {
    case .notInstalled:
      ("pam_session_keyring.so is not installed", "apt-get install libpam-session-keyring")
    case .chosen(let line): ("asked for by \(line), not changed", nil)
    case .obstacle(.owned(let owner, let file, let target)):
      (
        "\(file) belongs to \(owner.name), which would undo a change",
        owner.command(target, services)
      )
    case .obstacle(.linked(let target)):
      (
        "a symbolic link to \(target), which a package writes",
        "cp --remove-destination \(target) /etc/pam.d/\(services[0])"
      )
    case .obstacle(.unknown): ("no file that a diff can change", nil)
    case .shared(let culprit?):
      (
        "\(culprit.line) is in a file that other services include, and no line before it helps",
        culprit.owner?.command(culprit.target, services)
      )
    case .shared(nil): ("no line of its own helps and leaves all else as it is", nil)
    case .undecided(let error): ("\(error.location): \(error.text)", nil)
    case .tooManyStates: (Wording.tooManyStates, nil)
    }
  }
}

extension OwningTool {
  var name: String {
    switch self {
    case .pamAuthUpdate: "pam-auth-update"
    case .pamConfig: "pam-config"
    case .authselect: "authselect"
    case .nixOS: "NixOS"
    case .guix: "Guix"
    }
  }

  /// What changes a file of its own for good.
  func command(_ file: String, _ services: [String]) -> String? {
    let name = String(file.split(separator: "/").last ?? "")
    switch self {
    case .pamAuthUpdate: return "pam-auth-update, without the profile that has the line"
    // It writes the files called *-pc alone.
    case .pamConfig:
      let link = name.hasSuffix("-pc") ? String(name.dropLast(3)) : name
      return "cp --remove-destination /etc/pam.d/\(link)-pc /etc/pam.d/\(link), and change that"
    case .authselect:
      return "authselect create-profile session-keyring -b PROFILE, "
        + "change /etc/authselect/custom/session-keyring/\(name), "
        + "authselect select custom/session-keyring"
    case .nixOS:
      let service = "security.pam.services.\(services.first ?? "NAME").rules.session"
      return "\(service).session-keyring = { control = \"optional\"; "
        + "modulePath = \"/path/to/pam_session_keyring.so\"; "
        + "order = config.\(service).unix.order - 10; };"
    case .guix:
      return "pam-root-service-type, with a transformer of \(services.first ?? "the service")"
    }
  }
}

// SPDX-License-Identifier: BSD-3-Clause

extension StackReader {
  /// Where a line stands.
  struct Context {
    let place: Place
    /// Whose line it is: the service's, or that of `other`.
    let service: String
    let scope: Scope
    /// How deep in substacks.
    let level: Int
  }

  /// Reads one line; false where libpam gives up on the whole file.
  mutating func read(_ words: inout Words, _ context: Context) throws(Undecidable) -> Bool {
    var isUsable = true
    let field = words.next().map(text)
    let name = field.map { ($0.hasPrefix("-") ? String($0.dropFirst()) : $0).lowercased() }
    if name == "@include" { return try include(words.next(), context, nil) }
    let type: ModuleType
    if let known = name.flatMap(ModuleType.init) {
      type = known
    } else {
      report(field.map { "not a module type: \(shown($0))" } ?? "no module type", context)
      isUsable = false
      // libpam takes the type that was asked for, or else the one where a failure matters most.
      type = if case .only(let asked) = context.scope { asked } else { .auth }
    }
    if case .only(let asked) = context.scope, asked != type { return true }

    let flag = words.next()
    let control: ControlFlag
    switch flag.map({ text($0).lowercased() }) {
    case nil:
      report("no control flag", context)
      (control, isUsable) = (.unreadable, false)
    case "required": control = .required
    case "requisite": control = .requisite
    case "optional": control = .optional
    case "sufficient": control = .sufficient
    case "include": return try include(words.next(), context, type)
    case "substack":
      add(.substack, .unreadable, context, type)
      return try include(words.next(), context, type, deeper: 1)
    default:
      let read = flag.flatMap { ControlFlag($0) }
      if read == nil { report("not a control flag: \(shown(text(flag ?? [])))", context) }
      control = read ?? .unreadable
    }

    let module = words.next().map(text)
    if module == nil, flag != nil { report("no module", context) }
    guard let module, isUsable else {
      add(.mustFail, control, context, type)
      return true
    }
    let arguments = words.remaining().map(text)
    let written = text(flag ?? [])
    add(
      .module(path: module, arguments: arguments), control, context, type,
      words: [field ?? "", written.contains("=") ? "[\(written)]" : written, module] + arguments)
    return true
  }

  private mutating func report(_ text: String, _ context: Context) {
    problems.append(Problem(place: context.place, text: text))
  }

  private mutating func add(
    _ kind: Handler.Kind, _ control: ControlFlag, _ context: Context, _ type: ModuleType,
    words: [String] = []
  ) {
    let handler = Handler(
      kind: kind, place: context.place, control: control, level: context.level, words: words)
    if context.service == "other" {
      other.add(handler, to: type)
    } else {
      own.add(handler, to: type)
    }
  }

  /// libpam's own limit of substacks in substacks.
  private static let deepest = 16

  /// Reads a file in the place of a line, for lines of one type or, with Debian's `@include`, of those
  /// that the line's own file is read for.
  private mutating func include(
    _ bytes: [UInt8]?, _ context: Context, _ type: ModuleType?, deeper: Int = 0
  ) throws(Undecidable) -> Bool {
    guard let bytes else {
      throw Undecidable(context.place, "includes no file: Debian's libpam crashes on that")
    }
    guard let name = String(validating: bytes, as: UTF8.self) else {
      throw Undecidable(context.place, "includes a file whose name is not UTF-8")
    }
    let level = context.level + deeper
    if level < Self.deepest, let path = try path(ofIncluded: name, context) {
      let scope = type.map(Scope.only) ?? context.scope
      if try read(file: path, service: context.service, scope: scope, level: level) { return true }
    }
    report("cannot include \(shown(name))", context)
    if let type {
      add(.mustFail, .unreadable, context, type)
      return true
    }
    guard case .any = context.scope else {
      throw Undecidable(
        context.place, "what libpam does after an @include that fails is left to chance")
    }
    return false
  }

  /// The path of an included file; nil if libpam has nowhere to look.
  private func path(ofIncluded name: String, _ context: Context) throws(Undecidable) -> String? {
    if name.hasPrefix("/") { return name }
    let paths = Self.directories.map { "\($0)/\(name)" }
    if files.entry(at: paths[0]) == .missing, files.entry(at: paths[1]) != .missing {
      throw Undecidable(
        context.place,
        "includes \(shown(name)) of \(Self.directories[1]), where Debian's libpam does not look")
    }
    return files.isDirectory(Self.directories[0]) ? paths[0] : nil
  }
}

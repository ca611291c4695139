// SPDX-License-Identifier: BSD-3-Clause

extension StackReader {
  /// Where a line is.
  struct Context {
    let location: SourceLocation
    /// Whose line it is: the service's, or that of `other`.
    let service: String
    let scope: Scope
    /// How deep in substacks.
    let level: Int
  }

  /// Reads one line as `_pam_parse_conf_file` in libpam/pam_handlers.c does; false where libpam gives up on
  /// the whole file.
  mutating func read(_ words: inout Words, _ context: Context) throws(SyntaxError) -> Bool {
    var isUsable = true
    let field = words.next().map(text)
    let name = field.map { ($0.hasPrefix("-") ? String($0.dropFirst()) : $0).lowercased() }
    if name == "@include", files.libpam.kind == .debian {
      return try include(words.next(), context, nil)
    }
    let type: ModuleType
    if let known = name.flatMap(ModuleType.init) {
      type = known
    } else {
      report(field.map(Wording.unknownModuleType) ?? Wording.noModuleType, context)
      isUsable = false
      // libpam takes the type that was asked for, or else the one where a failure matters most.
      type = if case .only(let asked) = context.scope { asked } else { .auth }
    }
    if case .only(let asked) = context.scope, asked != type { return true }

    let flag = words.next()
    let control: ControlFlag
    switch flag.map({ text($0).lowercased() }) {
    case nil:
      report(Wording.noControlFlag, context)
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
      if read == nil { report(Wording.invalidControlFlag(text(flag ?? [])), context) }
      control = read ?? .unreadable
    }

    let module = words.next().map(text)
    if module == nil, flag != nil { report(Wording.noModule, context) }
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

  private mutating func add(
    _ kind: Handler.Kind, _ control: ControlFlag, _ context: Context, _ type: ModuleType,
    words: [String] = []
  ) {
    let handler = Handler(
      kind: kind, location: context.location, control: control, level: context.level, words: words,
      outermostLine: outermostLine)
    if context.service == "other" {
      other.add(handler, to: type)
    } else {
      own.add(handler, to: type)
    }
  }

  /// `PAM_SUBSTACK_MAX_LEVEL`: of substacks in substacks or, since 1.6, of all includes.
  private static let levelLimit = 16

  /// Whether libpam reads a file at this level of substacks that an include in the file being read names.
  private func isWithinLimit(_ level: Int, _ context: Context) throws(SyntaxError) -> Bool {
    let (ofSubstacks, ofIncludes) = (level < Self.levelLimit, reading.count < Self.levelLimit)
    guard let isSince1_6 = files.libpam.readsAsSince1_6 else {
      guard ofSubstacks == ofIncludes else {
        throw SyntaxError(context.location, Wording.includesDependOnVersion)
      }
      return ofSubstacks
    }
    return isSince1_6 ? ofIncludes : ofSubstacks
  }

  /// Reads a file in the place of a line, for lines of one type or, with Debian's `@include`, of those
  /// that the line's own file is read for.
  private mutating func include(
    _ bytes: [UInt8]?, _ context: Context, _ type: ModuleType?, deeper: Int = 0
  ) throws(SyntaxError) -> Bool {
    guard bytes != nil || files.libpam.kind == .upstream else {
      throw SyntaxError(context.location, Wording.includesNothing)
    }
    guard let name = String(validating: bytes ?? [], as: UTF8.self) else {
      throw SyntaxError(context.location, Wording.includesOtherEncoding)
    }
    let level = context.level + deeper
    if try isWithinLimit(level, context), let path = try path(ofIncluded: name, context) {
      let scope = type.map(Scope.only) ?? context.scope
      if try read(file: path, service: context.service, scope: scope, level: level) { return true }
    }
    report(Wording.cannotInclude(name), context)
    if let type {
      add(.mustFail, .unreadable, context, type)
      return true
    }
    guard case .any = context.scope else {
      throw SyntaxError(context.location, Wording.failedInclude)
    }
    return false
  }

  /// The path of an included file; nil if libpam does not find it.
  private func path(ofIncluded name: String, _ context: Context) throws(SyntaxError) -> String? {
    if name.isEmpty || name.hasPrefix("/") { return name.isEmpty ? nil : name }
    let libpam = files.libpam
    let paths = libpam.directories.map { "\($0)/\(name)" }
    guard let found = paths.first(where: { files.entry(at: $0) != .missing }) else { return nil }
    guard libpam.kind == .debian, found != paths[0] else { return found }
    // Debian's looks in the first directory alone.
    guard libpam.isAssumed else { return nil }
    throw SyntaxError(context.location, Wording.includes(name, from: found))
  }
}

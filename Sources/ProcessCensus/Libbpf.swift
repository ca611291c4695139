// SPDX-License-Identifier: BSD-3-Clause

internal import Glibc
internal import LinuxKeyrings

/// libbpf, loaded when it is needed: whoever does not ask for all processes does without it.
///
/// Version 1 of its interface: a function that returns no pointer has set errno, one that returns a negative
/// number returns the errno with a minus.
@safe struct Libbpf {
  typealias Open = @convention(c) (UnsafeRawPointer?, Int, UnsafeRawPointer?) -> OpaquePointer?
  typealias Load = @convention(c) (OpaquePointer) -> CInt
  typealias Find = @convention(c) (OpaquePointer, UnsafePointer<CChar>) -> OpaquePointer?
  typealias Attach = @convention(c) (OpaquePointer, UnsafeRawPointer?) -> OpaquePointer?
  typealias Descriptor = @convention(c) (OpaquePointer) -> CInt
  typealias Create = @convention(c) (CInt) -> CInt
  typealias Destroy = @convention(c) (OpaquePointer) -> CInt
  typealias Close = @convention(c) (OpaquePointer) -> Void
  typealias SetPrint = @convention(c) (OpaquePointer?) -> OpaquePointer?

  let open: Open
  let load: Load
  let findProgram: Find
  let attachIterator: Attach
  let linkDescriptor: Descriptor
  let createIterator: Create
  let destroyLink: Destroy
  let close: Close

  init() throws(CensusError) {
    guard let library = unsafe dlopen("libbpf.so.1", RTLD_NOW | RTLD_LOCAL) else {
      // SAFETY: the text is valid until the next call, and is copied here.
      throw .noLibrary(unsafe dlerror().map { unsafe String(cString: $0) } ?? "")
    }
    func function<Function>(_ name: String, _: Function.Type) throws(CensusError) -> Function {
      guard let address = unsafe dlsym(library, name) else { throw .noFunction(name) }
      // SAFETY: the type is the function's in <bpf/libbpf.h> and <bpf/bpf.h>.
      return unsafe unsafeBitCast(address, to: Function.self)
    }
    unsafe open = try function("bpf_object__open_mem", Open.self)
    unsafe load = try function("bpf_object__load", Load.self)
    unsafe findProgram = try function("bpf_object__find_program_by_name", Find.self)
    unsafe attachIterator = try function("bpf_program__attach_iter", Attach.self)
    unsafe linkDescriptor = try function("bpf_link__fd", Descriptor.self)
    createIterator = try function("bpf_iter_create", Create.self)
    unsafe destroyLink = try function("bpf_link__destroy", Destroy.self)
    unsafe close = try function("bpf_object__close", Close.self)
    // What it has to say goes to standard error otherwise.
    _ = unsafe try function("libbpf_set_print", SetPrint.self)(nil)
  }
}

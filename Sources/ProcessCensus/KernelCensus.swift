// SPDX-License-Identifier: BSD-3-Clause

internal import CCensus
internal import Glibc
internal import LinuxKeyrings

/// Asks the kernel for the session keyrings of all processes, by a program that it runs, bpf(2). That program
/// reads; it ends with this one, and no keyring is looked up, since that could create one, keyrings(7).
public enum KernelCensus {
  /// All processes, and the threads that have another session keyring than theirs; without kernel threads.
  public static func tasks() throws(CensusError) -> [CensusTask] {
    try CensusRequirement.check()
    let library = try Libbpf()
    do throws(CensusError) {
      guard let tasks = CensusTask.all(in: try rows(library)) else { throw .invalidRows }
      return tasks
    } catch { throw CensusRequirement.cause(of: error) }
  }

  private static func rows(_ library: Libbpf) throws(CensusError) -> [UInt8] {
    // SAFETY: the library copies what it needs of the object, which is a constant.
    let opened = unsafe library.open(census_program(), census_program_size(), nil)
    guard let object = unsafe opened else { throw .failed("bpf_object__open_mem", .current) }
    defer { unsafe library.close(object) }
    let loaded = unsafe library.load(object)
    guard loaded == 0 else { throw .failed("bpf_object__load", Errno(rawValue: -loaded)) }
    guard let program = unsafe library.findProgram(object, "census"),
      let link = unsafe library.attachIterator(program, nil)
    else { throw .failed("bpf_program__attach_iter", .current) }
    defer { _ = unsafe library.destroyLink(link) }
    let iterator = library.createIterator(unsafe library.linkDescriptor(link))
    guard iterator >= 0 else { throw .failed("bpf_iter_create", Errno(rawValue: -iterator)) }
    defer { close(iterator) }
    return try contents(of: iterator)
  }

  private static func contents(of iterator: CInt) throws(CensusError) -> [UInt8] {
    var contents: [UInt8] = []
    // As much as the kernel returns at a time.
    var buffer = [UInt8](repeating: 0, count: 1 << 15)
    while true {
      // SAFETY: the call writes no more than the buffer holds.
      let count = unsafe buffer.withUnsafeMutableBytes { buffer in
        unsafe read(iterator, buffer.baseAddress, buffer.count)
      }
      if count == 0 { return contents }
      if count > 0 {
        contents += buffer[..<count]
      } else if errno != EINTR && errno != EAGAIN {
        throw .read(.current)
      }
    }
  }
}

// SPDX-License-Identifier: BSD-3-Clause
//
// What census.bpf.c writes of each process, and that program itself, compiled: the kernel runs it. No logic.

#pragma once

#include <stddef.h>
#include <stdint.h>

// The bytes of the keyring's name follow, with the NUL that ends it. Ids are those of the initial namespaces.
struct census_row {
  uint64_t cgroup;  // 0 where the kernel has no control groups
  uint64_t flags;   // include/linux/key.h, KEY_FLAG_*
  int64_t expiry;   // in seconds since the epoch
  int32_t process;
  int32_t thread;
  int32_t parent;
  uint32_t user;  // the real uid
  uint32_t effective_user;
  uint32_t login_user;  // all ones where there was no login
  int32_t serial;       // 0 where there is no session keyring, and the rest says nothing then
  uint32_t owner;
  uint32_t group;  // all ones where the kernel gave none
  uint32_t permissions;
  uint32_t name_length;
  char command[16];
  uint32_t reserved;
};

#ifndef __bpf__
const void *census_program(void);
size_t census_program_size(void);
#endif

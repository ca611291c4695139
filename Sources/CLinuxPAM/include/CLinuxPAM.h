// SPDX-License-Identifier: BSD-3-Clause
//
// The C that Swift needs in sight: the headers of libpam, libkeyutils and libc, and a fixed-arity
// function for each call that Swift cannot import because it is variadic. No logic.

#pragma once

#include <errno.h>
#include <keyutils.h>
#include <linux/capability.h>
#include <pwd.h>
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <security/pam_modutil.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <syslog.h>
#include <unistd.h>

// libc declares these under _GNU_SOURCE alone, which would give this module another idea of libc's
// types than Swift's Glibc module has.
extern const char *strerrorname_np(int error);
extern int getresuid(uid_t *real, uid_t *effective, uid_t *saved);

// errno(3) is a macro over a thread-local, which does not import.
static inline int errno_get(void) { return errno; }
static inline void errno_set(int value) { errno = value; }

// pam_syslog(3) is variadic. Every format string of the module is one of these two.
static inline void pam_log_step(const pam_handle_t *handle, int priority, const char *step,
                                const char *outcome, uid_t uid, int serial) {
  pam_syslog(handle, priority, "%s: %s (uid %u, keyring %d)", step, outcome, uid, serial);
}
static inline void pam_log_argument(const pam_handle_t *handle, int priority, const char *remark,
                                    const char *argument, int length, const char *rest) {
  pam_syslog(handle, priority, "%s, ignored: %.*s%s", remark, length, argument, rest);
}

// syscall(2) is variadic. The raw calls change the calling thread alone, where glibc's functions of
// the same name signal every thread of the process to change with it.
#ifdef SYS_setresuid32  // 32-bit machines: the plain number takes 16-bit ids
#define SYS_THREAD_SETRESUID SYS_setresuid32
#define SYS_THREAD_SETFSUID SYS_setfsuid32
#else
#define SYS_THREAD_SETRESUID SYS_setresuid
#define SYS_THREAD_SETFSUID SYS_setfsuid
#endif
static inline int thread_setresuid(uid_t real, uid_t effective, uid_t saved) {
  return (int)syscall(SYS_THREAD_SETRESUID, real, effective, saved);
}
static inline uid_t thread_setfsuid(uid_t file_system) {
  return (uid_t)syscall(SYS_THREAD_SETFSUID, file_system);
}

// capget(2) and capset(2) have no wrapper in libc; libcap would be one more dependency.
struct thread_capabilities {
  struct __user_cap_data_struct low, high;
};
static inline int thread_capget(struct thread_capabilities *capabilities) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  return (int)syscall(SYS_capget, &header, capabilities);
}
static inline int thread_capset(const struct thread_capabilities *capabilities) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  return (int)syscall(SYS_capset, &header, capabilities);
}

// prctl(2) is variadic.
static inline int dumpable_get(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }
static inline int dumpable_set(int dumpable) { return prctl(PR_SET_DUMPABLE, dumpable, 0, 0, 0); }
static inline int parent_death_signal_get(int *signal) {
  return prctl(PR_GET_PDEATHSIG, signal, 0, 0, 0);
}
static inline int parent_death_signal_set(int signal) {
  return prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0);
}

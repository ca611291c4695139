// SPDX-License-Identifier: BSD-3-Clause
//
// The C that Swift needs in sight: the headers of libpam, libkeyutils and libc, and a fixed-arity
// function for each call that Swift cannot import because it is variadic. No logic.

#pragma once

#include <errno.h>
#include <fcntl.h>
#include <keyutils.h>
#include <linux/capability.h>
#include <linux/openat2.h>
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

// libc declares it under _GNU_SOURCE alone, which would give this module another idea of libc's types
// than Swift's Glibc module has.
extern const char *strerrorname_np(int error);

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

// keyctl(2) is variadic. libkeyutils has a function for each operation besides, but every login pays
// for each symbol of a module: 72 bytes to load, and a look-up in all libraries of the process.
static inline int key_describe(int key, char *text, size_t size) {
  return (int)keyctl(KEYCTL_DESCRIBE, key, text, size);
}
static inline int key_chown(int key, uid_t user, gid_t group) {
  return (int)keyctl(KEYCTL_CHOWN, key, user, group);
}
static inline int key_setperm(int key, key_perm_t permissions) {
  return (int)keyctl(KEYCTL_SETPERM, key, permissions);
}
static inline int key_link(int key, int keyring) {
  return (int)keyctl(KEYCTL_LINK, key, keyring);
}
static inline int key_revoke(int key) { return (int)keyctl(KEYCTL_REVOKE, key); }
static inline int keyring_id(int keyring, int create) {
  return (int)keyctl(KEYCTL_GET_KEYRING_ID, keyring, create);
}
static inline int keyring_join_session(const char *name) {
  return (int)keyctl(KEYCTL_JOIN_SESSION_KEYRING, name);
}
static inline int keyring_link_persistent(uid_t user, int keyring) {
  return (int)keyctl(KEYCTL_GET_PERSISTENT, user, keyring);
}

// syscall(2) is variadic. The raw calls that change ids change those of the calling thread alone,
// where glibc's functions signal every thread of the process to change with it. The others are here
// because they cost no symbol of their own.
#ifdef SYS_setresuid32  // 32-bit machines: the plain number takes 16-bit ids
#define SYS_THREAD_SETRESUID SYS_setresuid32
#define SYS_THREAD_GETRESUID SYS_getresuid32
#define SYS_THREAD_SETFSUID SYS_setfsuid32
#else
#define SYS_THREAD_SETRESUID SYS_setresuid
#define SYS_THREAD_GETRESUID SYS_getresuid
#define SYS_THREAD_SETFSUID SYS_setfsuid
#endif
static inline int thread_setresuid(uid_t real, uid_t effective, uid_t saved) {
  return (int)syscall(SYS_THREAD_SETRESUID, real, effective, saved);
}
static inline int thread_getresuid(uid_t *real, uid_t *effective, uid_t *saved) {
  return (int)syscall(SYS_THREAD_GETRESUID, real, effective, saved);
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

static inline pid_t process_id(void) { return (pid_t)syscall(SYS_getpid); }
static inline int dumpable_get(void) { return (int)syscall(SYS_prctl, PR_GET_DUMPABLE, 0, 0, 0, 0); }
static inline int dumpable_set(int dumpable) {
  return (int)syscall(SYS_prctl, PR_SET_DUMPABLE, dumpable, 0, 0, 0);
}
static inline int parent_death_signal_get(int *signal) {
  return (int)syscall(SYS_prctl, PR_GET_PDEATHSIG, signal, 0, 0, 0);
}
static inline int parent_death_signal_set(int signal) {
  return (int)syscall(SYS_prctl, PR_SET_PDEATHSIG, signal, 0, 0, 0);
}

// openat2(2) has no wrapper in libc. The path leads to nothing outside the directory, whatever links
// are on its way.
static inline int open_in_root(int directory, const char *path) {
  struct open_how how = {.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK, .resolve = RESOLVE_IN_ROOT};
  return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

// SPDX-License-Identifier: BSD-3-Clause
//
// The kernel's C that Swift needs in sight: the headers of libc and libkeyutils, and a fixed-arity
// function for each call that Swift cannot import because it is variadic. No logic.

#pragma once

#include <errno.h>
#include <fcntl.h>
#include <keyutils.h>
#include <linux/capability.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// libc declares it under _GNU_SOURCE alone, which would give this module another idea of libc's types
// than Swift's Glibc module has.
extern const char *strerrorname_np(int error);

// errno(3) is a macro over a thread-local, which does not import.
static inline int errno_get(void) { return errno; }
static inline void errno_set(int value) { errno = value; }

// keyctl(2) has no wrapper in libc. libkeyutils has one, but loading that library costs a login more
// than all that the module does; <keyutils.h> gives the types and constants.
static inline int key_describe(int key, char *text, size_t size) {
  return (int)syscall(SYS_keyctl, KEYCTL_DESCRIBE, key, text, size);
}
static inline int key_chown(int key, uid_t user, gid_t group) {
  return (int)syscall(SYS_keyctl, KEYCTL_CHOWN, key, user, group);
}
static inline int key_setperm(int key, key_perm_t permissions) {
  return (int)syscall(SYS_keyctl, KEYCTL_SETPERM, key, permissions);
}
static inline int key_link(int key, int keyring) {
  return (int)syscall(SYS_keyctl, KEYCTL_LINK, key, keyring);
}
static inline int key_unlink(int key, int keyring) {
  return (int)syscall(SYS_keyctl, KEYCTL_UNLINK, key, keyring);
}
static inline int key_revoke(int key) { return (int)syscall(SYS_keyctl, KEYCTL_REVOKE, key); }
static inline int keyring_id(int keyring, int create) {
  return (int)syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, keyring, create);
}
static inline int keyring_join_session(const char *name) {
  return (int)syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, name);
}
static inline int keyring_to_parent(void) {
  return (int)syscall(SYS_keyctl, KEYCTL_SESSION_TO_PARENT);
}
static inline int keyring_link_persistent(uid_t user, int keyring) {
  return (int)syscall(SYS_keyctl, KEYCTL_GET_PERSISTENT, user, keyring);
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

static inline int thread_disable_cancellation(void) {
  int before = PTHREAD_CANCEL_ENABLE;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
  return before;
}
static inline void thread_set_cancellation(int state) { pthread_setcancelstate(state, NULL); }

// Every signal of the calling thread. glibc's functions leave the two that it keeps for itself open.
struct thread_signals {
  unsigned char bits[_NSIG / 8];
};
static inline int thread_block_signals(struct thread_signals *before) {
  struct thread_signals all;
  memset(&all, 0xff, sizeof all);
  return (int)syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, before, sizeof all);
}
static inline int thread_set_signals(const struct thread_signals *blocked) {
  return (int)syscall(SYS_rt_sigprocmask, SIG_SETMASK, blocked, NULL, sizeof *blocked);
}

// unshare(2): changes nothing, and fails with EINVAL where another thread or process has this memory.
static inline int process_has_one_thread(void) { return syscall(SYS_unshare, CLONE_THREAD) == 0; }

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

static inline int key_users_open(void) {
  return (int)syscall(SYS_openat, AT_FDCWD, "/proc/key-users", O_RDONLY | O_CLOEXEC);
}
static inline int file_read(int file, char *bytes, size_t size) {
  return (int)syscall(SYS_read, file, bytes, size);
}
static inline void file_close(int file) { (void)syscall(SYS_close, file); }

// openat2(2) has no wrapper in libc, and the name O_PATH is under _GNU_SOURCE. The path leads to nothing
// outside the directory, whatever links are on its way; what it leads to is not opened, only named.
static inline int find_in_root(int directory, const char *path) {
  struct open_how how = {.flags = __O_PATH | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT};
  return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

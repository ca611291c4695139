// SPDX-License-Identifier: BSD-3-Clause
//
// The C side of the driver: libpam's application interface and what is variadic or a macro.

#pragma once

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <keyutils.h>
#include <linux/capability.h>
#include <pthread.h>
#include <pwd.h>
#include <sched.h>
#include <security/pam_appl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Declared by libc under _GNU_SOURCE alone: see CLinux.h.
extern const char *strerrorname_np(int error);
extern int pipe2(int ends[2], int flags);
extern int getresuid(uid_t *real, uid_t *effective, uid_t *saved);
extern int getresgid(gid_t *real, gid_t *effective, gid_t *saved);
extern int setresuid(uid_t real, uid_t effective, uid_t saved);
extern int setresgid(gid_t real, gid_t effective, gid_t saved);

extern char **environ;
static inline char **driver_environment(void) { return environ; }
static inline int driver_errno(void) { return errno; }
static inline int driver_prctl(int option, unsigned long argument) {
  return prctl(option, argument, 0, 0, 0);
}
static inline int driver_parent_death_signal(void) {
  int signal = -1;
  prctl(PR_GET_PDEATHSIG, &signal, 0, 0, 0);
  return signal;
}

/// Installs a seccomp filter that fails one system call, by its number, with this errno.
int driver_fail_system_call(int number, int with_errno);

/// Drops one capability from the calling thread's effective and permitted sets.
int driver_drop_capability(int capability);

/// Makes every permitted capability of the calling thread an effective one.
int driver_raise_capabilities(void);

/// Enters a new user namespace with this map of uids and gids, in the form of /proc/PID/uid_map.
int driver_enter_user_namespace(const char *map);

/// Prints the real uid that the process has when a signal takes effect.
int driver_report_signal(int number);

/// Lets every signal in, and has a core of this process written to a directory.
int driver_dump_cores(const char *directory);

/// Opens a session in a thread that is cancelled 20 ms later, pthread_cancel(3). Returns what
/// pam_open_session(3) returned in it, -1 if the thread ended before, in libpam for example.
int driver_open_and_cancel(pam_handle_t *handle);

/// Makes a conversation that answers nothing.
const struct pam_conv *driver_silent_conversation(void);

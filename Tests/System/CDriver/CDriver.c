// SPDX-License-Identifier: BSD-3-Clause

#include "CDriver.h"

#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>
#include <syslog.h>

int driver_fail_system_call(int number, int with_errno) {
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ((unsigned)with_errno & SECCOMP_RET_DATA)),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

int driver_drop_capability(int capability) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  if (syscall(SYS_capget, &header, data) != 0) return -1;
  unsigned bit = 1u << (capability % 32);
  data[capability / 32].effective &= ~bit;
  data[capability / 32].permitted &= ~bit;
  return (int)syscall(SYS_capset, &header, data);
}

int driver_raise_capabilities(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  if (syscall(SYS_capget, &header, data) != 0) return -1;
  for (int word = 0; word < 2; word++) data[word].effective = data[word].permitted;
  return (int)syscall(SYS_capset, &header, data);
}

static int write_map(pid_t process, const char *name, const char *map) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", (int)process, name);
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t written = write(file, map, strlen(map));
  close(file);
  return written == (ssize_t)strlen(map) ? 0 : -1;
}

// Only a process outside the namespace may map ids that are not the caller's own: a child that stays.
int driver_enter_user_namespace(const char *map) {
  int entered[2], status = 0;
  if (pipe(entered) != 0) return -1;
  pid_t caller = getpid(), child = fork();
  if (child < 0) return -1;
  if (child == 0) {
    char byte;
    close(entered[1]);
    setfsuid(geteuid());
    if (read(entered[0], &byte, 1) != 1) _exit(1);
    int failed = *map != 0 && (write_map(caller, "uid_map", map) != 0 ||
                               write_map(caller, "gid_map", map) != 0);
    _exit(failed);
  }
  close(entered[0]);
  int result = (int)syscall(SYS_unshare, CLONE_NEWUSER);
  if (result == 0) result = write(entered[1], "", 1) == 1 ? 0 : -1;
  close(entered[1]);
  if (waitpid(child, &status, 0) != child || status != 0) return -1;
  return result;
}

static void report_signal(int number) {
  dprintf(STDOUT_FILENO, "signal %d uid %u\n", number, getuid());
}

int driver_report_signal(int number) {
  const struct sigaction action = {.sa_handler = report_signal, .sa_flags = SA_RESTART};
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, number);
  // A test runner may have blocked it.
  if (sigprocmask(SIG_UNBLOCK, &signals, NULL) != 0) return -1;
  return sigaction(number, &action, NULL);
}

int driver_dump_cores(const char *directory) {
  const struct rlimit unlimited = {RLIM_INFINITY, RLIM_INFINITY};
  sigset_t none;
  sigemptyset(&none);
  if (chdir(directory) != 0 || sigprocmask(SIG_SETMASK, &none, NULL) != 0) return -1;
  return setrlimit(RLIMIT_CORE, &unlimited);
}

struct opening {
  pam_handle_t *handle;
  int result;
};

static void *open_session(void *argument) {
  struct opening *opening = argument;
  opening->result = pam_open_session(opening->handle, 0);
  pthread_testcancel();
  return NULL;
}

int driver_open_and_cancel(pam_handle_t *handle) {
  struct opening opening = {handle, -1};
  const struct timespec pause = {0, 20 * 1000 * 1000};
  pthread_t thread;
  if (pthread_create(&thread, NULL, open_session, &opening) != 0) return -1;
  nanosleep(&pause, NULL);
  pthread_cancel(thread);
  pthread_join(thread, NULL);
  return opening.result;
}

static int silent(int count, const struct pam_message **messages, struct pam_response **responses,
                  void *data) {
  (void)count, (void)messages, (void)responses, (void)data;
  return PAM_CONV_ERR;
}

const struct pam_conv *driver_silent_conversation(void) {
  static const struct pam_conv conversation = {silent, NULL};
  return &conversation;
}

// libpam logs through this function of libc. Defined here it comes first, and the driver prints what
// would have gone to the system's log.
void __syslog_chk(int priority, int flag, const char *format, ...);
void __syslog_chk(int priority, int flag, const char *format, ...) {
  static const char *const names[] = {"EMERG",   "ALERT",  "CRIT", "ERR",
                                      "WARNING", "NOTICE", "INFO", "DEBUG"};
  char line[8192];
  va_list arguments;
  (void)flag;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  if (length < 0) return;
  dprintf(STDOUT_FILENO, "log %s %s\n", names[LOG_PRI(priority)], line);
}

// SPDX-License-Identifier: BSD-3-Clause

#include "CClient.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdarg.h>
#include <stddef.h>
#include <syslog.h>

int client_fail_system_call(int number, int with_errno) {
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

int client_drop_capability(int capability) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  if (syscall(SYS_capget, &header, data) != 0) return -1;
  unsigned bit = 1u << (capability % 32);
  data[capability / 32].effective &= ~bit;
  data[capability / 32].permitted &= ~bit;
  return (int)syscall(SYS_capset, &header, data);
}

int client_raise_capabilities(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  if (syscall(SYS_capget, &header, data) != 0) return -1;
  for (int word = 0; word < 2; word++) data[word].effective = data[word].permitted;
  return (int)syscall(SYS_capset, &header, data);
}

static int silent(int count, const struct pam_message **messages, struct pam_response **responses,
                  void *data) {
  (void)count, (void)messages, (void)responses, (void)data;
  return PAM_CONV_ERR;
}

const struct pam_conv *client_silent_conversation(void) {
  static const struct pam_conv conversation = {silent, NULL};
  return &conversation;
}

// libpam logs through this function of libc. Defined here it comes first, and the client prints what
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

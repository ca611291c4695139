// SPDX-License-Identifier: BSD-3-Clause
//
// The limit: a module that makes the calls that a session keyring must cost, and nothing else. It looks at no
// result and knows beforehand what a real one has to find out: that root calls it, and that there are
// keyrings. Not for use.

#include <keyutils.h>
#include <pwd.h>
#include <security/pam_modules.h>
#include <security/pam_modutil.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

__attribute__((visibility("default"))) int pam_sm_open_session(pam_handle_t *handle, int flags,
                                                               int count, const char **vector) {
  const char *name;
  unsigned char all[_NSIG / 8], before[_NSIG / 8];
  (void)flags, (void)count, (void)vector;
  pam_get_user(handle, &name, NULL);
  uid_t user = pam_modutil_getpwnam(handle, name)->pw_uid;
  memset(all, 0xff, sizeof all);
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, all, before, sizeof all);
  syscall(SYS_setresuid, user, -1, -1);
  syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL);
  syscall(SYS_keyctl, KEYCTL_LINK, KEY_SPEC_USER_KEYRING, KEY_SPEC_SESSION_KEYRING);
  syscall(SYS_setresuid, 0, -1, -1);
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, before, NULL, sizeof before);
  return PAM_SUCCESS;
}

__attribute__((visibility("default"))) int pam_sm_close_session(pam_handle_t *handle, int flags,
                                                                int count, const char **vector) {
  (void)handle, (void)flags, (void)count, (void)vector;
  syscall(SYS_keyctl, KEYCTL_REVOKE, KEY_SPEC_SESSION_KEYRING);
  return PAM_SUCCESS;
}

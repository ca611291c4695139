// SPDX-License-Identifier: BSD-3-Clause
//
// Stands before and after the module in a stack. `set` gives errno a value of its own, `tell` prints
// whether it still has that; `mark` makes a system call that strace shows and nothing else makes.

#include "CWitness.h"

#include <errno.h>
#include <security/pam_modules.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int witness(int count, const char **arguments) {
  int found = errno;
  const char *task = count == 1 ? arguments[0] : "";
  if (strcmp(task, "mark") == 0) getpgid(-4242);
  if (strcmp(task, "tell") == 0) {
    dprintf(STDOUT_FILENO, "errno %s\n", found == ENOTNAM ? "kept" : strerror(found));
  }
  errno = strcmp(task, "set") == 0 ? ENOTNAM : found;
  return PAM_SUCCESS;
}

int pam_sm_authenticate(pam_handle_t *handle, int flags, int count, const char **arguments) {
  (void)handle, (void)flags, (void)count, (void)arguments;
  return PAM_SUCCESS;
}

int pam_sm_setcred(pam_handle_t *handle, int flags, int count, const char **arguments) {
  (void)handle, (void)flags;
  return witness(count, arguments);
}

int pam_sm_open_session(pam_handle_t *handle, int flags, int count, const char **arguments) {
  (void)handle, (void)flags;
  return witness(count, arguments);
}

int pam_sm_close_session(pam_handle_t *handle, int flags, int count, const char **arguments) {
  (void)handle, (void)flags;
  return witness(count, arguments);
}

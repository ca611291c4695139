// SPDX-License-Identifier: BSD-3-Clause
//
// Stands before and after the module in a stack. `set` gives errno a value of its own, `tell` prints
// whether it still has that.

#include "CWitness.h"

#include <errno.h>
#include <security/pam_modules.h>
#include <stdio.h>
#include <string.h>

static int witness(int count, const char **arguments) {
  int found = errno;
  if (count == 1 && strcmp(arguments[0], "tell") == 0) {
    printf("errno %s\n", found == ENOTNAM ? "kept" : strerror(found));
  }
  errno = ENOTNAM;
  return PAM_SUCCESS;
}

int pam_sm_open_session(pam_handle_t *handle, int flags, int count, const char **arguments) {
  (void)handle, (void)flags;
  return witness(count, arguments);
}

int pam_sm_close_session(pam_handle_t *handle, int flags, int count, const char **arguments) {
  (void)handle, (void)flags;
  return witness(count, arguments);
}

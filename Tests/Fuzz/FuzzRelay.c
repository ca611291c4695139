// SPDX-License-Identifier: BSD-3-Clause
//
// The module that libpam loads in FuzzSession.c: it hands over to the code under test.

#include <security/pam_modules.h>

int fuzz_open_session(pam_handle_t *handle);
int fuzz_close_session(pam_handle_t *handle);

int pam_sm_open_session(pam_handle_t *handle, int flags, int count, const char **arguments) {
  (void)flags, (void)count, (void)arguments;
  return fuzz_open_session(handle);
}

int pam_sm_close_session(pam_handle_t *handle, int flags, int count, const char **arguments) {
  (void)flags, (void)count, (void)arguments;
  return fuzz_close_session(handle);
}

// SPDX-License-Identifier: BSD-3-Clause
//
// libpam's C that Swift needs in sight: its headers for modules, and a fixed-arity function for each
// call that Swift cannot import because it is variadic. No logic.

#pragma once

#include <pwd.h>
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <security/pam_modutil.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

// pam_syslog(3) is variadic. Every format string of the module is one of these.
static inline void pam_log_outcome(const pam_handle_t *handle, int priority, const char *message,
                                   const char *outcome, uid_t uid, int serial) {
  pam_syslog(handle, priority, "%s: %s (uid %u, keyring %d)", message, outcome, uid, serial);
}
static inline void pam_log_owner(const pam_handle_t *handle, int priority, const char *message,
                                 uid_t owner, const char *consequence, uid_t uid, int serial) {
  pam_syslog(handle, priority, "%s %u, %s (uid %u, keyring %d)", message, owner, consequence, uid,
             serial);
}
static inline void pam_log_argument(const pam_handle_t *handle, int priority, const char *argument,
                                    int length, const char *rest, const char *reason) {
  pam_syslog(handle, priority, "ignoring '%.*s%s': %s", length, argument, rest, reason);
}

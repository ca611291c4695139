// SPDX-License-Identifier: BSD-3-Clause
//
// A login through libpam: libFuzzer's first word is the user's name, the others are the module's
// line. Stops if the caller is not as it was, a stranger gets a session, or what is logged is not one
// line of printable characters.

#include <ctype.h>
#include <security/pam_appl.h>
#include <security/pam_modules.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <unistd.h>

static const char **words;
static int count;

static void expect(int promise, const char *what) {
  if (promise) return;
  fprintf(stderr, "broken: %s\n", what);
  abort();
}

// FuzzRelay.c calls these: libpam answers a module, not a program.
int fuzz_open_session(pam_handle_t *handle) {
  return pam_sm_open_session(handle, 0, count - 1, words + 1);
}

int fuzz_close_session(pam_handle_t *handle) {
  return pam_sm_close_session(handle, 0, count - 1, words + 1);
}

static void log_in(const char *user) {
  struct pam_conv conversation = {NULL, NULL};
  pam_handle_t *handle = NULL;
  int is_known = strcmp(user, "user") == 0 || strcmp(user, "root") == 0;
  expect(pam_start_confdir("fuzz", user, &conversation, getenv("PAM_CONFDIR"), &handle) ==
             PAM_SUCCESS,
         "libpam starts");
  int opened = pam_open_session(handle, 0);
  expect(opened == (is_known ? PAM_SUCCESS : PAM_USER_UNKNOWN), "who gets a session");
  if (opened == PAM_SUCCESS) {
    expect(pam_close_session(handle, 0) == PAM_SUCCESS, "what opens closes");
  }
  pam_end(handle, PAM_SUCCESS);
  expect(getuid() == 0 && geteuid() == 0 && setfsuid((uid_t)-1) == 0, "who comes back");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  // Each word is in memory of its own, so that a step past its end is seen.
  words = malloc((size + 2) * sizeof *words);
  count = 0;
  for (size_t start = 0; start <= size; start += strlen(words[count++]) + 1) {
    words[count] = strndup((const char *)bytes + start, size - start);
  }
  log_in(words[0]);
  while (count > 0) free((char *)words[--count]);
  free(words);
  return 0;
}

// libpam logs through this function of libc. Defined here it comes first.
void __syslog_chk(int priority, int flag, const char *format, ...);
void __syslog_chk(int priority, int flag, const char *format, ...) {
  char line[512];
  va_list arguments;
  (void)priority, (void)flag;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  expect(length > 0 && (size_t)length < sizeof line, "how long a log line is");
  for (int index = 0; index < length; index++) {
    expect(isprint((unsigned char)line[index]), "what a log line holds");
  }
}

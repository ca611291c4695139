// SPDX-License-Identifier: BSD-3-Clause
//
// Stands before and after the module in a stack. `set` gives errno a value of its own, `tell` prints
// whether it still has that; `mark` makes a system call that strace shows and nothing else makes.
// `relay MODULE FILE` calls that module with the arguments in the file, each ended by a NUL: they can
// be what a line of a service's file cannot hold.

#include "CWitness.h"

#include <dlfcn.h>
#include <errno.h>
#include <security/pam_modules.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int (*entry_point)(pam_handle_t *, int, int, const char **);

static int relay(pam_handle_t *handle, int flags, const char *entry, const char *path,
                 const char *file) {
  char *argument = NULL;
  const char **vector = NULL;
  size_t size = 0;
  int count = 0;
  void *module = dlopen(path, RTLD_NOW);
  FILE *stream = fopen(file, "re");
  if (module == NULL || stream == NULL) abort();
  while (getdelim(&argument, &size, 0, stream) > 0) {
    vector = reallocarray(vector, (size_t)count + 1, sizeof *vector);
    vector[count++] = argument;
    argument = NULL;
  }
  fclose(stream);
  int result = ((entry_point)dlsym(module, entry))(handle, flags, count, vector);
  for (int index = 0; index < count; index++) free((char *)vector[index]);
  free(argument);
  free(vector);
  // libpam still has data that only the module can clean up.
  return result;
}

static int witness(pam_handle_t *handle, int flags, const char *entry, int count,
                   const char **arguments) {
  int found = errno;
  const char *task = count > 0 ? arguments[0] : "";
  if (strcmp(task, "relay") == 0 && count == 3) {
    return relay(handle, flags, entry, arguments[1], arguments[2]);
  }
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
  return witness(handle, flags, __func__, count, arguments);
}

int pam_sm_open_session(pam_handle_t *handle, int flags, int count, const char **arguments) {
  return witness(handle, flags, __func__, count, arguments);
}

int pam_sm_close_session(pam_handle_t *handle, int flags, int count, const char **arguments) {
  return witness(handle, flags, __func__, count, arguments);
}

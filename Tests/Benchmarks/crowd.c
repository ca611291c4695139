// SPDX-License-Identifier: BSD-3-Clause
//
// `crowd N COMMAND...`: runs a command beside N processes that wait, each with a session keyring of its own,
// and ends them with it.

#include <keyutils.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **words) {
  if (count < 3) return 2;
  int ready[2];
  if (pipe(ready) != 0) return 2;
  pid_t parent = getpid();
  for (int rest = atoi(words[1]); rest > 0; rest--) {
    pid_t child = fork();
    if (child < 0) {
      perror("fork");
      return 2;
    }
    if (child == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (getppid() != parent) _exit(1);
      keyctl_join_session_keyring(NULL);
      close(ready[0]);
      close(ready[1]);
      pause();
      _exit(0);
    }
  }
  // Each has its keyring once its end of the pipe is closed.
  char byte;
  close(ready[1]);
  if (read(ready[0], &byte, 1) != 0) return 2;
  pid_t command = fork();
  if (command == 0) {
    execvp(words[2], words + 2);
    _exit(127);
  }
  int status = 0;
  waitpid(command, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

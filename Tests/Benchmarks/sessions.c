// SPDX-License-Identifier: BSD-3-Clause
//
// Sessions from pam_start to pam_end, and what each part of them takes. As root:
//
//   sessions TASK BLOCKS ROUNDS USERS DIRECTORY SERVICE...
//
// A round is one session of each service of DIRECTORY, in random order, for one of the users u0, u1 and so
// on: a revoked keyring counts against its user's quota until the kernel has collected it. After each
// block of rounds it prints quartiles, for each service and part: microseconds, page faults, kilobytes.
//
//   later   all sessions in one process
//   first   each in a process of its own, which has looked its user up, as login programs do
//   memory  as first: only how much more memory the process has while the session is open

#include <err.h>
#include <pwd.h>
#include <security/pam_appl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LOAD, OPEN, CLOSE, UNLOAD, WHOLE, FAULTS, RESIDENT, PRIVATE, PARTS };
static const char *const names[PARTS] = {"load",  "open",        "close",    "unload",
                                         "whole", "page faults", "resident", "private"};
struct session { double parts[PARTS]; };
static const char *task, *directory;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static double page_faults(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt + usage.ru_majflt;
}

// Adds the kilobytes that this process has, or takes them away; proc(5).
static void add_memory(struct session *session, int sign) {
  char line[256];
  FILE *file = fopen("/proc/self/smaps_rollup", "r");
  if (!file) err(1, "/proc/self/smaps_rollup");
  while (fgets(line, sizeof line, file)) {
    const char *colon = strchr(line, ':');
    double kilobytes = colon ? sign * atof(colon + 1) : 0;
    if (!strncmp(line, "Rss:", 4)) session->parts[RESIDENT] += kilobytes;
    if (!strncmp(line, "Private_", 8)) session->parts[PRIVATE] += kilobytes;
  }
  fclose(file);
}

// libpam reads the service's file and loads its modules when it starts, and unloads them at the end.
// Callgrind counts in this function; for strace, getppid(2) marks where a session begins and ends.
__attribute__((noinline)) static struct session whole_session(const char *service, const char *user) {
  struct session session = {0};
  struct pam_conv conversation = {0};
  pam_handle_t *handle = NULL;
  int looks_at_memory = !strcmp(task, "memory");
  if (looks_at_memory) add_memory(&session, -1);
  double faults_before = page_faults();
  getppid();
  double start = now();
  int result = pam_start_confdir(service, user, &conversation, directory, &handle);
  double loaded = now();
  if (result == PAM_SUCCESS) result = pam_open_session(handle, 0);
  double opened = now();
  if (looks_at_memory) add_memory(&session, 1);
  double closing = now();
  if (result == PAM_SUCCESS) result = pam_close_session(handle, 0);
  double closed = now();
  if (result != PAM_SUCCESS) errx(1, "%s: %s", service, pam_strerror(handle, result));
  pam_end(handle, result);
  double ended = now();
  getppid();
  session.parts[FAULTS] = page_faults() - faults_before;
  session.parts[LOAD] = loaded - start;
  session.parts[OPEN] = opened - loaded;
  session.parts[CLOSE] = closed - closing;
  session.parts[UNLOAD] = ended - closed;
  session.parts[WHOLE] = opened - start + ended - closing;
  return session;
}

// This program again, which writes down what it measured as it is.
static struct session first_session(const char *service, const char *user) {
  struct session session;
  int ends[2];
  if (pipe(ends) != 0) err(1, "pipe");
  if (fork() == 0) {
    dup2(ends[1], STDOUT_FILENO);
    execl("/proc/self/exe", "sessions", task, directory, service, user, NULL);
    _exit(127);
  }
  close(ends[1]);
  if (read(ends[0], &session, sizeof session) != sizeof session) errx(1, "no session");
  close(ends[0]);
  wait(NULL);
  return session;
}

static int compare(const void *left, const void *right) {
  double difference = *(const double *)left - *(const double *)right;
  return (difference > 0) - (difference < 0);
}

static void print(const char *service, const struct session *sessions, int count) {
  double values[count];
  for (int part = 0; part < PARTS; part++) {
    for (int index = 0; index < count; index++) values[index] = sessions[index].parts[part];
    qsort(values, count, sizeof *values, compare);
    printf("%s\t%s\t%.2f\t%.2f\t%.2f\n", service, names[part], values[count / 4], values[count / 2],
           values[count * 3 / 4]);
  }
}

int main(int count, char **arguments) {
  task = arguments[1];
  if (count == 5) {
    directory = arguments[2];
    getpwnam(arguments[4]);
    struct session session = whole_session(arguments[3], arguments[4]);
    return write(STDOUT_FILENO, &session, sizeof session) != sizeof session;
  }
  if (count < 7) errx(2, "see the head of sessions.c");
  int blocks = atoi(arguments[2]), rounds = atoi(arguments[3]), users = atoi(arguments[4]);
  directory = arguments[5];
  char **services = arguments + 6, user[16];
  int width = count - 6, order[width];
  struct session(*sessions)[rounds] = calloc(width, sizeof *sessions);
  for (int index = 0; index < width; index++) order[index] = index;
  for (int round = 0; round < blocks * rounds; round++) {
    snprintf(user, sizeof user, "u%d", round % users);
    for (int left = width; left > 0; left--) {
      int chosen = rand() % left, service = order[chosen];
      order[chosen] = order[left - 1];
      order[left - 1] = service;
      sessions[service][round % rounds] =
          (strcmp(task, "later") ? first_session : whole_session)(services[service], user);
    }
    for (int index = 0; index < width && round % rounds == rounds - 1; index++)
      print(services[index], sessions[index], rounds);
  }
}

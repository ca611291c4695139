// SPDX-License-Identifier: BSD-3-Clause
//
// Measures what links between keyrings cost while another user keeps the kernel's lock for links busy.
// See docs/link-stall.md, and measure.sh, which runs it.
//
// As root: link-stall [-w WIDTH] [-p PROCESSES] [-s SECONDS] [-o WORD] -u UID ['NAME: COMMAND']...
//
// UID and the 40 uids after it belong to nobody. UID nests keyrings; UID+1 stands for everybody else.
// With -s 0 it only shows how long one link of the tree takes; with -o it measures only what has WORD in
// its name.
// Everything ends by itself: the attackers check a clock between two links, carry an alarm, and die with
// their parent. A link that has begun cannot be interrupted, so a tree too large for that is refused.

#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <grp.h>
#include <linux/keyctl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	levels = 6,           // KEYRING_SEARCH_MAX_DEPTH in security/keys/keyring.c
	widest = 24,          // some six seconds for each link
	most_processes = 16,
	most_seconds = 60,
	longest_wait = 15,    // seconds that the attackers may need to end
	most_probes = 32,
	most_samples = 256,
	idle_rounds = 15,
	most_rounds = 100,
	first_rounds = 8,     // each takes new uids, of which the kernel keeps a record for minutes
};

typedef int32_t serial;

static uid_t attacker, victim, next_fresh;

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

static long keyctl(int operation, long a, long b, long c, long d)
{
	return syscall(SYS_keyctl, operation, a, b, c, d);
}

static serial join(void)
{
	serial keyring = keyctl(KEYCTL_JOIN_SESSION_KEYRING, 0, 0, 0, 0);
	if (keyring < 0)
		err(1, "join");
	return keyring;
}

static serial add_keyring(const char *name, serial parent)
{
	serial keyring = syscall(SYS_add_key, "keyring", name, NULL, 0, parent);
	if (keyring < 0)
		err(1, "add_key of keyring %s", name);
	return keyring;
}

static void link_key(serial key, serial keyring)
{
	if (keyctl(KEYCTL_LINK, key, keyring, 0, 0) < 0)
		err(1, "link");
}

static void become(uid_t uid)
{
	if (setgroups(0, NULL) || setresgid(uid, uid, uid) || setresuid(uid, uid, uid))
		err(1, "uid %u", uid);
}

// The tree: a top, and below it six levels, each of whose keyrings links every keyring of the next.

static serial build_tree(int width)
{
	static serial tree[levels][widest];
	char name[16];
	serial top = add_keyring("t", KEY_SPEC_SESSION_KEYRING);
	for (int level = 0; level < levels; level++)
		for (int i = 0; i < width; i++) {
			snprintf(name, sizeof name, "%d", level * width + i);
			tree[level][i] = add_keyring(name, KEY_SPEC_SESSION_KEYRING);
		}
	// From the top down: what is linked has no links itself yet, so that building takes no time.
	for (int i = 0; i < width; i++)
		link_key(tree[0][i], top);
	for (int level = 1; level < levels; level++)
		for (int i = 0; i < width; i++)
			for (int j = 0; j < width; j++)
				link_key(tree[level][j], tree[level - 1][i]);
	return top;
}

static pid_t start_attacker(serial top, serial target, double seconds)
{
	pid_t parent = getpid(), child = fork();
	if (child < 0)
		err(1, "fork");
	if (child)
		return child;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	alarm(seconds + 1);
	for (double end = now() + seconds; now() < end;)
		keyctl(KEYCTL_LINK, top, target, 0, 0);
	_exit(0);
}

// As the attacker: tells how long a link of the tree takes, and attacks when told to.
static void attack(int width, int processes, double seconds, int in, int out)
{
	serial targets[most_processes];
	pid_t children[most_processes];
	char name[16], go;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	become(attacker);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	join();
	double start = now();
	serial top = build_tree(width);
	double times[2] = { now() - start };
	for (int i = 0; i < processes; i++) {
		snprintf(name, sizeof name, "x%d", i);
		targets[i] = add_keyring(name, KEY_SPEC_SESSION_KEYRING);
	}
	start = now();
	link_key(top, targets[0]);
	times[1] = now() - start;
	if (write(out, times, sizeof times) != sizeof times || read(in, &go, 1) != 1)
		_exit(0);
	for (int i = 0; i < processes; i++)
		children[i] = start_attacker(top, targets[i], seconds);
	if (read(in, &go, 1) != 1)
		go = 0;
	start = now();
	for (int i = 0; i < processes; i++)
		kill(children[i], SIGKILL);
	for (int i = 0; i < processes; i++)
		waitpid(children[i], NULL, 0);
	times[0] = now() - start;
	if (write(out, times, sizeof *times) != sizeof *times)
		_exit(1);
	_exit(0);
}

// The probes: what others do meanwhile. Each runs in a process of its own, and returns the seconds.

struct probe {
	const char *name;
	double (*run)(const struct probe *);
	int rounds;
	const char *command;
	int count[2];
	double samples[2][most_samples];
};

static double in_victim(double (*timed)(void))
{
	int ends[2];
	double seconds = -1;
	if (pipe(ends))
		err(1, "pipe");
	pid_t child = fork();
	if (child < 0)
		err(1, "fork");
	if (!child) {
		become(victim);
		join();
		seconds = timed();
		_exit(write(ends[1], &seconds, sizeof seconds) != sizeof seconds);
	}
	close(ends[1]);
	if (read(ends[0], &seconds, sizeof seconds) != sizeof seconds)
		errx(1, "a probe failed");
	close(ends[0]);
	waitpid(child, NULL, 0);
	return seconds;
}

static double timed_join(void)
{
	double start = now();
	join();
	return now() - start;
}

static double timed_key(void)
{
	double start = now();
	if (syscall(SYS_add_key, "user", "k", "v", 1, KEY_SPEC_SESSION_KEYRING) < 0)
		err(1, "add_key");
	return now() - start;
}

static double timed_keyring(void)
{
	double start = now();
	add_keyring("k", KEY_SPEC_SESSION_KEYRING);
	return now() - start;
}

static double timed_us(void)
{
	double start = now();
	link_key(KEY_SPEC_USER_SESSION_KEYRING, KEY_SPEC_SESSION_KEYRING);
	return now() - start;
}

static double timed_both(void)
{
	double start = now();
	link_key(KEY_SPEC_USER_SESSION_KEYRING, KEY_SPEC_SESSION_KEYRING);
	link_key(KEY_SPEC_USER_KEYRING, KEY_SPEC_SESSION_KEYRING);
	return now() - start;
}

static double timed_search_us(void)
{
	char name[32];
	snprintf(name, sizeof name, "_uid.%u", victim);
	double start = now();
	if (keyctl(KEYCTL_SEARCH, KEY_SPEC_USER_SESSION_KEYRING, (long)"keyring", (long)name, 0) < 0)
		err(1, "search of @us");
	link_key(KEY_SPEC_USER_SESSION_KEYRING, KEY_SPEC_SESSION_KEYRING);
	return now() - start;
}

static double timed_look(void)
{
	double start = now();
	if (keyctl(KEYCTL_GET_KEYRING_ID, KEY_SPEC_USER_KEYRING, 0, 0, 0) < 0)
		err(1, "@u");
	return now() - start;
}

static double join_alone(const struct probe *p) { (void)p; return in_victim(timed_join); }
static double key(const struct probe *p) { (void)p; return in_victim(timed_key); }
static double keyring(const struct probe *p) { (void)p; return in_victim(timed_keyring); }
static double us(const struct probe *p) { (void)p; return in_victim(timed_us); }
static double both(const struct probe *p) { (void)p; return in_victim(timed_both); }
static double search_us(const struct probe *p) { (void)p; return in_victim(timed_search_us); }
static double look(const struct probe *p) { (void)p; return in_victim(timed_look); }

// A uid whose @u and @us the kernel has yet to create. They are revoked at once.
static void be_first(void)
{
	become(next_fresh);
	serial keyring = keyctl(KEYCTL_GET_KEYRING_ID, KEY_SPEC_USER_SESSION_KEYRING, 1, 0, 0);
	keyctl(KEYCTL_REVOKE, KEY_SPEC_USER_KEYRING, 0, 0, 0);
	keyctl(KEYCTL_REVOKE, keyring, 0, 0, 0);
	_exit(keyring < 0);
}

static pid_t start_first(void)
{
	next_fresh++;
	pid_t child = fork();
	if (child < 0)
		err(1, "fork");
	if (!child)
		be_first();
	return child;
}

static double first(const struct probe *p)
{
	(void)p;
	double start = now();
	waitpid(start_first(), NULL, 0);
	return now() - start;
}

static double look_beside_first(const struct probe *p)
{
	pid_t child = start_first();
	usleep(20000);
	double seconds = look(p);
	waitpid(child, NULL, 0);
	return seconds;
}

static double run_command(const struct probe *p)
{
	int status;
	double start = now();
	pid_t child = fork();
	if (child < 0)
		err(1, "fork");
	if (!child) {
		execl("/bin/sh", "sh", "-c", p->command, NULL);
		_exit(127);
	}
	waitpid(child, &status, 0);
	if (status)
		errx(1, "%s: status %d", p->command, status);
	return now() - start;
}

static struct probe probes[most_probes] = {
	{ .name = "join", .run = join_alone, .rounds = most_rounds },
	{ .name = "add a key", .run = key, .rounds = most_rounds },
	{ .name = "add a keyring", .run = keyring, .rounds = most_rounds },
	{ .name = "look up @u", .run = look, .rounds = most_rounds },
	{ .name = "link @us", .run = us, .rounds = most_rounds },
	{ .name = "search @us, link @us", .run = search_us, .rounds = most_rounds },
	{ .name = "link @us, link @u", .run = both, .rounds = most_rounds },
	{ .name = "first @us of a uid", .run = first, .rounds = first_rounds },
	{ .name = "look up @u beside it", .run = look_beside_first, .rounds = first_rounds },
};
static int probe_count = 9;

static void take_samples(const char *only, int phase, double end, int rounds)
{
	for (int round = 0; round < rounds; round++)
		for (int i = 0; i < probe_count; i++) {
			struct probe *p = &probes[i];
			if (now() >= end)
				return;
			if (round >= p->rounds || !strstr(p->name, only))
				continue;
			p->samples[phase][p->count[phase]++] = p->run(p);
			// What a probe leaves takes the kernel some milliseconds to collect.
			usleep(5000);
		}
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void print_samples(struct probe *p, int phase)
{
	int n = p->count[phase];
	double *s = p->samples[phase];
	qsort(s, n, sizeof *s, compare);
	if (n)
		printf(" %5d %10.3f %10.3f", n, (s[(n - 1) / 2] + s[n / 2]) / 2 * 1e3, s[n - 1] * 1e3);
	else
		printf(" %5d %10s %10s", 0, "-", "-");
}

// Has the kernel create the victim's @us and @u, or revokes them.
static void have_user_keyrings(bool revoke)
{
	pid_t child = fork();
	if (child < 0)
		err(1, "fork");
	if (!child) {
		become(victim);
		serial keyring = keyctl(KEYCTL_GET_KEYRING_ID, KEY_SPEC_USER_SESSION_KEYRING, 1, 0, 0);
		if (revoke) {
			keyctl(KEYCTL_REVOKE, KEY_SPEC_USER_KEYRING, 0, 0, 0);
			keyctl(KEYCTL_REVOKE, keyring, 0, 0, 0);
		}
		_exit(0);
	}
	waitpid(child, NULL, 0);
}

int main(int count, char **arguments)
{
	const char *only = "";
	int width = 12, processes = 2, seconds = 20, option;
	while ((option = getopt(count, arguments, "w:p:s:u:o:")) != -1) {
		int value = optarg ? atoi(optarg) : 0;
		switch (option) {
		case 'w': width = value; break;
		case 'p': processes = value; break;
		case 's': seconds = value; break;
		case 'u': attacker = strtoul(optarg, NULL, 10); break;
		case 'o': only = optarg; break;
		default: return 2;
		}
	}
	if (width < 1 || width > widest || processes < 1 || processes > most_processes ||
	    seconds < 0 || seconds > most_seconds || attacker < 1000 || geteuid())
		errx(2, "as root: -u UID [-w 1..%d] [-p 1..%d] [-s 0..%d] [-o WORD] ['NAME: COMMAND']...", widest,
		     most_processes, most_seconds);
	victim = attacker + 1;
	next_fresh = victim;
	for (; optind < count && probe_count < most_probes; optind++) {
		char *command = strstr(arguments[optind], ": ");
		if (!command)
			errx(2, "not NAME: COMMAND: %s", arguments[optind]);
		*command = 0;
		command += 2;
		probes[probe_count++] =
			(struct probe){ arguments[optind], run_command, most_rounds, command, { 0 }, { { 0 } } };
	}

	int to[2], from[2];
	double times[2];
	signal(SIGPIPE, SIG_IGN);
	join();
	if (pipe(to) || pipe(from))
		err(1, "pipe");
	pid_t child = fork();
	if (child < 0)
		err(1, "fork");
	if (!child) {
		close(to[1]);
		close(from[0]);
		attack(width, processes, seconds + 2, to[0], from[1]);
	}
	close(to[0]);
	close(from[1]);
	if (read(from[0], times, sizeof times) != sizeof times)
		errx(1, "no tree");
	printf("tree of %d levels, %d wide: built in %.3f s, a link of it takes %.3f s\n", levels, width,
	       times[0], times[1]);
	if (seconds == 0)
		return 0;
	if (times[1] * processes > longest_wait)
		errx(1, "refusing: %d processes would need more than %d s to end", processes, longest_wait);
	printf("%d attackers for %d s; times in ms\n\n%-24s %5s %10s %10s %5s %10s %10s\n", processes,
	       seconds, "", "idle", "median", "max", "busy", "median", "max");
	fflush(stdout);

	have_user_keyrings(false);
	take_samples(only, 0, now() + most_seconds, idle_rounds);
	if (write(to[1], "", 1) != 1)
		err(1, "attack");
	usleep(100000);
	take_samples(only, 1, now() + seconds, most_rounds);
	if (write(to[1], "", 1) != 1 || read(from[0], times, sizeof *times) != sizeof *times)
		errx(1, "no end");
	waitpid(child, NULL, 0);
	have_user_keyrings(true);
	for (int i = 0; i < probe_count; i++) {
		if (!strstr(probes[i].name, only))
			continue;
		printf("%-24s", probes[i].name);
		print_samples(&probes[i], 0);
		print_samples(&probes[i], 1);
		printf("\n");
	}
	printf("\nbusy for another %.3f s after SIGKILL to all attackers\n", times[0]);
}

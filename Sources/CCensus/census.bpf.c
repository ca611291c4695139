// SPDX-License-Identifier: BSD-3-Clause OR GPL-2.0-only
//
// Runs in the kernel, once for each thread there is, as a BPF iterator over tasks (Linux 5.8): writes which
// session keyring the thread has. It reads, and changes nothing.
//
// The structures have the members that are read and no others: libbpf looks up in the running kernel's
// BTF where these are. So one object serves all kernels.

#include <linux/bpf.h>

#include "include/CCensus.h"

#define SECTION(name) __attribute__((section(name), used))
#define FROM_BTF __attribute__((preserve_access_index))
#define EXISTS(member) __builtin_preserve_field_info(member, 2)

struct seq_file;
static long (*const seq_write)(struct seq_file *, const void *, __u64) = (void *)BPF_FUNC_seq_write;
static long (*const read_string)(void *, __u32, const void *) = (void *)BPF_FUNC_probe_read_kernel_str;

struct id {
  __u32 val;
} FROM_BTF;

struct key {
  __s32 serial;
  struct id uid;
  struct id gid;
  __u32 perm;
  unsigned long flags;
  __s64 expiry;
  char *description;
} FROM_BTF;

struct cred {
  struct id uid;
  struct id euid;
  struct key *session_keyring;
} FROM_BTF;

struct kernfs_node {
  __u64 id;
} FROM_BTF;

struct cgroup {
  struct kernfs_node *kn;
} FROM_BTF;

struct css_set {
  struct cgroup *dfl_cgrp;
} FROM_BTF;

struct signal_struct {
  struct {
    int counter;
  } live;
} FROM_BTF;

struct task_struct {
  unsigned int flags;
  int pid;
  int tgid;
  struct task_struct *real_parent;
  struct task_struct *group_leader;
  // The thread's own: `cred` is another's while the kernel does something in that one's name.
  const struct cred *real_cred;
  struct signal_struct *signal;
  struct id loginuid;
  struct css_set *cgroups;
  char comm[16];
} FROM_BTF;

struct bpf_iter_meta {
  struct seq_file *seq;
} FROM_BTF;

struct bpf_iter__task {
  struct bpf_iter_meta *meta;
  struct task_struct *task;
} FROM_BTF;

#define PF_KTHREAD 0x00200000

// What is written at once. The kernel reads an iterator for one reader at a time.
static struct {
  struct census_row row;
  char name[4096];  // the longest there is, with its NUL: keyctl(2)
} output;

static void describe_task(struct census_row *row, struct task_struct *task) {
  row->process = task->tgid;
  row->thread = task->pid;
  row->parent = task->real_parent->tgid;
  row->user = task->real_cred->uid.val;
  row->effective_user = task->real_cred->euid.val;
  row->login_user = EXISTS(task->loginuid) ? task->loginuid.val : ~0u;
  row->cgroup = EXISTS(task->cgroups) ? task->cgroups->dfl_cgrp->kn->id : 0;
  read_string(row->command, sizeof row->command, &task->comm);
}

static void describe_keyring(struct census_row *row, struct key *keyring) {
  row->serial = keyring->serial;
  row->owner = keyring->uid.val;
  row->group = keyring->gid.val;
  row->permissions = keyring->perm;
  row->flags = keyring->flags;
  row->expiry = keyring->expiry;
}

SECTION("iter/task")
int census(struct bpf_iter__task *context) {
  struct task_struct *task = context->task;
  struct census_row *row = &output.row;
  __u64 length = 0;
  if (!task) return 0;
  // Threads of the kernel's own, and what has ended and waits for its parent.
  if (task->flags & PF_KTHREAD || task->signal->live.counter == 0) return 0;
  struct key *keyring = task->real_cred->session_keyring;
  if (task->pid != task->tgid && keyring == task->group_leader->real_cred->session_keyring) return 0;

  describe_task(row, task);
  row->serial = 0;
  if (keyring) {
    describe_keyring(row, keyring);
    length = read_string(output.name, sizeof output.name, keyring->description);
    if (length > sizeof output.name) length = 0;  // an error is a negative number
  }
  row->name_length = length;
  seq_write(context->meta->seq, &output, sizeof output.row + length);
  return 0;
}

// The kernel lets programs that it can take for GPL's read its memory.
char terms[] SECTION("license") = "Dual BSD/GPL";

# SPDX-License-Identifier: BSD-3-Clause
#
# without-keyctl.pl COMMAND...: becomes the command, for which keyctl(2), add_key(2) and request_key(2) fail with
# EPERM, as a container's seccomp filter has it. Root needs no "no new privileges" for that, which would
# keep su and sudo from working.

use strict;
use warnings;
use POSIX qw(EPERM uname);

# prctl, then keyctl, add_key and request_key.
my %numbers = (x86_64 => [157, 250, 248, 249], aarch64 => [167, 219, 217, 218]);
my ($prctl, @forbidden) = @{$numbers{(uname())[4]} or die "no numbers for this machine\n"};

# struct sock_filter: code, jt, jf, k. BPF_LD loads the call's number; each BPF_JEQ goes on to the last, which forbids.
my $left = @forbidden;
my $filter = pack('SCCL', 0x20, 0, 0, 0);
$filter .= pack('SCCL', 0x15, $left--, 0, $_) for @forbidden;
$filter .= pack('SCCL', 0x06, 0, 0, 0x7fff0000) . pack('SCCL', 0x06, 0, 0, 0x00050000 | EPERM);

# PR_SET_SECCOMP, SECCOMP_MODE_FILTER, struct sock_fprog.
syscall($prctl, 22, 2, pack('Sx6P', length($filter) / 8, $filter)) == 0 or die "prctl: $!\n";
exec @ARGV or die "$ARGV[0]: $!\n";

# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2154
#
# For machines.sh to source. Debian's packages, of any release and architecture, from where this machine
# gets its own.

# shellcheck disable=SC2016 # apt's own variables
mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
  awk -v "suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)" '$2 == suite { print $1; exit }')

# apt_for SUITE ARCHITECTURE COMMAND...: apt-get with a state of its own, which does not know what is
# installed here.
apt_for() {
  local suite=$1 architecture=$2 state=$cache/apt/$1-$2
  shift 2
  if [ ! -e "$state/updated" ]; then
    mkdir -p "$state/lists/partial" "$state/archives/partial"
    echo "deb [arch=$architecture signed-by=$keyring] $mirror $suite main" >"$state/sources.list"
    : >"$state/status"
    apt_in "$state" "$architecture" -qq --error-on=any update && touch "$state/updated" || return
  fi
  apt_in "$state" "$architecture" "$@"
}

keyring=/usr/share/keyrings/debian-archive-keyring.gpg

apt_in() {
  apt-get -o "APT::Architecture=$2" -o "APT::Architectures=$2" -o APT::Sandbox::User=root \
    -o "Dir::State=$1" -o "Dir::State::status=$1/status" -o "Dir::Cache=$1" \
    -o "Dir::Etc::sourcelist=$1/sources.list" -o Dir::Etc::sourceparts=- "${@:3}"
}

# unpack SUITE ARCHITECTURE DIRECTORY PACKAGE...: without installing anything.
unpack() {
  local suite=$1 architecture=$2 directory=$3 package
  shift 3
  mkdir -p "$directory/debs"
  (cd "$directory/debs" && apt_for "$suite" "$architecture" -qq download "$@") || return
  for package in "$directory"/debs/*.deb; do
    dpkg-deb -x "$package" "$directory" || return
  done
  rm -r "$directory/debs"
}

# kernel_packages SUITE ARCHITECTURE: the packages that the release's newest kernel is in, the one for clouds
# if no other $flavour is wanted. Unstable has it in four.
kernel_packages() {
  apt_for "$1" "$2" -s -qq install "linux-image-${flavour-cloud-}$2" |
    awk '$1 == "Inst" && $2 ~ /^linux-(base|binary|image|modules)-[0-9]/ { print $2 }' | grep .
}

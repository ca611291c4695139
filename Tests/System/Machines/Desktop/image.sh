# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2016,SC2034,SC2154
#
# For machines.sh to source. The root file system with display managers and lockers, and a kernel that draws.

desktop_packages=$image_packages,freerdp3-x11,gdm3,gir1.2-gdm-1.0,gjs,greetd,i3lock,lightdm
desktop_packages=$desktop_packages,lightdm-gtk-greeter,pkexec,python3,sddm,ssl-cert,udev,x11-common
desktop_packages=$desktop_packages,xauth,xdotool,xorgxrdp,xrdp,xscreensaver,xsecurelock,xserver-xorg-core,xvfb

# make_desktop SUITE FILE
make_desktop() {
  local image_packages=$desktop_packages image_size=6G prepare=prepare_desktop
  make_root "$@"
}

# make_desktop_kernel SUITE DIRECTORY: Debian's kernel for clouds has no graphics.
make_desktop_kernel() {
  local flavour='' kernel_modules="$kernel_modules bochs"
  make_kernel "$@"
}

# What would only cost time, for each user who logs in.
desktop_masked='filter-chain.service pipewire.service pipewire.socket pipewire-pulse.service
  pipewire-pulse.socket wireplumber.service'

# The managers wait for the tests, which start one after the other.
prepare_desktop() {
  local unit
  prepare "$1" || return
  for unit in gdm3 greetd lightdm sddm xrdp xrdp-sesman; do
    rm -f "$1"/etc/systemd/system/*.wants/"$unit.service"
  done
  for unit in $desktop_masked; do
    ln -sf /dev/null "$1/etc/systemd/user/$unit"
  done
  rm -f "$1/etc/systemd/system/display-manager.service"
  ln -sf /usr/local/bin/gdm-greeter "$1/usr/bin/gnome-session"
  ln -sf /usr/lib/systemd/system/multi-user.target "$1/etc/systemd/system/default.target"
  with_a_key "$1" gdm /usr/sbin/gdm3
  with_a_key "$1" greetd /usr/sbin/greetd
  with_a_key "$1" lightdm /usr/sbin/lightdm
  with_a_key "$1" sddm /usr/bin/sddm
  with_a_key "$1" xrdp-sesman '/usr/sbin/xrdp-sesman --nodaemon'
  chroot "$1" adduser --quiet xrdp ssl-cert || return
  configure_sessions "$1"
}

# The one desktop is a script, which the set-up brings.
configure_sessions() {
  local user
  rm -f "$1"/usr/share/{xsessions,wayland-sessions}/*.desktop
  mkdir -p "$1"/usr/share/{xsessions,wayland-sessions} "$1/var/lib/AccountsService/users"
  printf '[Desktop Entry]\nType=Application\nName=Machines\nExec=/usr/local/bin/desktop\n' \
    >"$1/usr/share/xsessions/machines.desktop"
  for user in alice bob; do
    ln -s /usr/local/bin/desktop "$1/home/$user/.xsession"
    printf '[User]\nSession=machines\nXSession=machines\nSystemAccount=false\n' \
      >"$1/var/lib/AccountsService/users/$user"
  done
}

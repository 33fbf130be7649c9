import { sudoView } from '../../model/privilege';
import { programs } from './image';

/** This machine's files as the lower layer. */
const root = `mount -t overlay overlay -o "lowerdir=$run/mask:/,upperdir=$node/upper,workdir=$node/overlay" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"`;

// A user namespace cannot mount an overlay over /, which has foreign mounts below it, but over its folders. /etc is a copy,
// since files of unmapped users cannot be changed. /sys may be hidden there, and no node needs it.
const confinedRoot = `mount --bind "$node/upper" "$root"
for name in bin etc lib lib32 lib64 libx32 sbin usr; do
  lower=/$name
  [ $name != etc ] || lower=$run/etc
  if [ -L /$name ]; then [ -L "$root/$name" ] || cp -P /$name "$root/$name"
  elif [ -d /$name ]; then
    mkdir -p "$run/mask/$name" "$node/overlay/$name" "$node/upper/$name"
    mount -t overlay overlay -o "userxattr,lowerdir=$run/mask/$name:$lower,upperdir=$node/upper/$name,workdir=$node/overlay/$name" "$root/$name"
  fi
done
mkdir -p "$root/proc" "$root/sys" "$root/run" "$root/tmp" "$root/dev"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys" 2>/dev/null || :`;

const devices = `while read -r name major minor; do mknod -m 666 "$root/dev/$name" c "$major" "$minor"; done <<END
null 1 3
zero 1 5
full 1 7
random 1 8
urandom 1 9
tty 5 0
END`;

const confinedDevices = `for name in null zero full random urandom tty; do
  : >"$root/dev/$name"
  mount --bind /dev/$name "$root/dev/$name"
done`;

/**
 * First program of a node, in its own namespaces: makes its root file system and enters it.
 * Arguments: the run's folder, the node's folder, our programs, the yaml package, the node binary.
 */
export const enterScript = (confined: boolean): string => `#!/bin/sh
set -e
run=$1 node=$2 ours=$3 yaml=$4 binary=$5
root=$node/root
${confined ? confinedRoot : root}
mount -t tmpfs -o mode=755 run "$root/run"
mount -t tmpfs -o mode=1777 tmp "$root/tmp"
mount -t tmpfs -o mode=755,size=1m dev "$root/dev"
mkdir "$root/run/lock" "$root/dev/pts" "$root/dev/shm"
chmod 1777 "$root/run/lock" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"
ln -s fd/1 "$root/dev/stdout"
ln -s fd/2 "$root/dev/stderr"
${confined ? confinedDevices : devices}
# A real console keeps nothing and is not emptied by a writer: a pipe that the machine's keeper reads.
mkfifo -m 622 "$root/dev/console"
while read -r name major minor; do mknod -m 660 "$root/dev/$name" b "$major" "$minor"; done < "$node/disks"
mount --bind "$ours" "$root${programs}/lib"
mount -o remount,bind,ro "$root${programs}/lib"
mount --bind "$yaml" "$root${programs}/node_modules/yaml"
mount -o remount,bind,ro "$root${programs}/node_modules/yaml"
mount --bind "$binary" "$root${programs}/node"
mount -o remount,bind,ro "$root${programs}/node"
cd "$root"
pivot_root . .old
exec chroot . /bin/sh ${programs}/init
`;

/** First process of a node: passes the console to its keeper, boots, shows sudo's rules to the model, and waits for a
 * reboot. */
export const initScript = `#!/bin/sh
cd /
umount -l /.old
hostname "$(cat /etc/hostname)"
exec 3<>/dev/console
cat <&3 &
trap 'exit 7' USR1
mount -a >/var/log/mount.log 2>&1
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin ${programs}/node ${programs}/lib/rehearsal/host/boot.js </dev/null >/var/log/boot.log 2>&1 &
sudoers() {
  for file in /etc/sudoers /etc/sudoers.d/*; do
    case \${file##*/} in *.* | *~) ;; *) grep -hs NOPASSWD "$file" ;; esac
  done
}
while :; do
  sudoers >${sudoView}.draft
  mv ${sudoView}.draft ${sudoView}
  sleep 1 &
  wait $!
done
`;

/** Exit code of a node that reboots. */
export const rebootCode = 7;

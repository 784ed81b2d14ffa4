#!/bin/sh
# A gateway over three agents, two copies of each vector, each process a JVM of its own without a
# server around it, until this one ends. From the root of the repository, after
#   ./mvnw -q -pl bench,agent-war,gateway-war -am package -DskipTests
# Usage: bench/bare-site.sh FOLDER PORT [options of the gateway's JVM]
# The gateway listens on PORT, the agents on the three that follow; FOLDER/pids names the processes.
set -eu
folder=$1
port=$2
shift 2
mkdir -p "$folder"
echo the-secret-of-a-bare-site-of-benchmarks > "$folder/secret"
trap 'kill $(cut -d" " -f2 "$folder/pids")' EXIT
trap 'exit 0' INT TERM
: > "$folder/pids"

# name, module, main class, options
start() {
  name=$1
  target=$2-war/target
  main=$3
  role=$2
  shift 3
  "$JAVA_HOME/bin/java" -XX:+UseTransparentHugePages --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -Dkagami.site.name=A -Dkagami.site.number=1 \
    -Dkagami.dimension=100 -Dkagami.distance=cosine -Dkagami.grpc.host=127.0.0.1 \
    "-Dkagami.mesh.secret.file=$folder/secret" "$@" \
    -cp "$target/test-classes:$target/classes:$target/$role/WEB-INF/lib/*" "$main" \
    > "$folder/$name.out" 2>&1 &
  echo "$name $!" >> "$folder/pids"
}

agents=
for number in 1 2 3; do
  name=agent-$number
  start $name agent dev.kagami.agent.AgentProcess -Xmx1g --add-modules=jdk.incubator.vector \
    -Dkagami.agent.name=$name "-Dkagami.agent.data=$folder/$name" \
    -Dkagami.agent.grpc.port=$((port + number))
  agents=$agents${agents:+,}$name=127.0.0.1:$((port + number))
done
start gateway gateway dev.kagami.gateway.GatewayProcess -Xmx512m -Dkagami.gateway.name=gateway \
  -Dkagami.gateway.agents=$agents -Dkagami.gateway.replicas=2 -Dkagami.gateway.grpc.port="$port" "$@"
wait

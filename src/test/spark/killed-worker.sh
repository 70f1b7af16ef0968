#!/bin/sh
# A master and two workers of Spark on this computer; one worker is killed in the midst of 200 small images.
# All results must be there, once. Usage: SPARK_HOME=... killed-worker.sh TRANSFUSE_FOLDER IMAGE_FOLDER WORK_FOLDER
# (the folder target/transfuse of a build; images of any kind; an empty folder). Set KILL=no for a run without a loss.
set -eu
transfuse=$1
images=$2
work=$3
port=${PORT:-7177}
opens=
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent \
    java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
    opens="$opens --add-opens=java.base/$package=ALL-UNNAMED"
done
export SPARK_LOCAL_IP=127.0.0.1 SPARK_SCALA_VERSION=2.13
spark() {
    name=$1
    shift
    # shellcheck disable=SC2086 # options are split on purpose
    setsid java -Xmx512m $opens -cp "$SPARK_HOME/jars/*" "$@" >"$work/$name.log" 2>&1 &
    echo $! >"$work/$name.pid"
}
stop() {
    for pid in "$work"/*.pid; do
        kill -9 "-$(cat "$pid")" 2>/dev/null || true
    done
}
trap stop EXIT
mkdir -p "$work"
spark master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
sleep 8
for i in ${WORKERS:-1 2}; do
    spark "worker$i" org.apache.spark.deploy.worker.Worker "spark://127.0.0.1:$port" \
        --host 127.0.0.1 --cores 1 --memory 1g --webui-port 0 --work-dir "$work/worker$i"
done
sleep 8
start=$(date +%s)
TRANSFUSE_OPTS="-Xmx1g -Dspark.driver.host=127.0.0.1 -Dspark.ui.enabled=false -Dspark.executor.memory=1g ${OPTS:-}" \
    "$transfuse/bin/transfuse" spark segment --master "spark://127.0.0.1:$port" --model nuclei --device cpu \
    --table --input "$images" --output "$work/out" >"$work/run.log" 2>"$work/run.err" &
run=$!
if [ "${KILL:-yes}" = yes ]; then
    # When a quarter is done, the second worker and its executor, of the same process group, go without a word
    while [ "$(find "$work/out" -name '*-labels.json' 2>/dev/null | wc -l)" -lt 50 ] && kill -0 $run 2>/dev/null; do
        sleep 0.2
    done
    before=$(find "$work/out" -name '*-labels.json' | wc -l)
    kill -9 "-$(cat "$work/worker2.pid")"
    echo "killed worker 2 after $before images"
fi
code=0
wait $run || code=$?
echo "exit $code after $(($(date +%s) - start)) s; $(tail -1 "$work/run.log")"
echo "labels $(find "$work/out" -name '*-labels.tif' | wc -l), records $(find "$work/out" -name '*-labels.json' | wc -l)," \
    "tables $(find "$work/out" -name '*-objects.csv' | wc -l), hidden $(find "$work/out" -name '.*' | wc -l)," \
    "lines $(grep -c objects "$work/run.log" || true)"

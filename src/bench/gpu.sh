#!/usr/bin/env bash
# What is measured on a computer with an NVIDIA GPU: the golden numbers, speed, a training. Run in the project's root;
# needs CUDA 13, cuDNN 9, NCCL 2 and, for the comparison, a python3 with PyTorch. Prints what docs/benchmarks.md quotes.
#   bash src/bench/gpu.sh [cuda:0]
set -euo pipefail
device=${1:-cuda:0}

mvn -q -B -Pcuda -DskipTests package
mvn -B -Pcuda -Dfast test -Dtest=ReferenceGoldenTest -Dtransfuse.fixtures.device="$device" | grep -E 'Golden|Tests run'

transfuse() { target/transfuse/bin/transfuse "$@"; }
transfuse devices
for variant in T S; do
    for batch in 1 8 32; do
        transfuse bench --device "$device" --variant "$variant" --size 352x352 --batch-size "$batch" --rounds 30
    done
done
for precision in float32 bf16; do
    transfuse bench --device "$device" --image 4000x3000 --precision "$precision"
done
transfuse bench --device "$device" --training --variant T --size 192x192 --batch-size 16 --rounds 2
transfuse bench --device "$device" --training --variant S --size 352x352 --batch-size 16 --rounds 2

if python3 -c 'import torch' 2>/dev/null; then
    python3 src/bench/transfuse_pytorch.py infer --variant T,S --sizes 352x352 --batches 1,8,32 --device cuda --budget 200
    python3 src/bench/transfuse_pytorch.py train --variant T --size 192x192 --batch 16 --device cuda --budget 90
fi

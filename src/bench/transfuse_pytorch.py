"""TransFuse (variants T, S, L, L384) in plain PyTorch: the networks and a stopwatch for them.

  python transfuse_pytorch.py infer --variant T,S --sizes 192x256,352x352 --batches 1,8,32 --device cuda --budget 75
  python transfuse_pytorch.py train --variant T,S --size 192x192 --batch 16 --device cuda --budget 60
  python transfuse_pytorch.py check --fixtures ../shared/reference/fixtures     (golden logits, on the CPU)
  python transfuse_pytorch.py load --weights FOLDER/weights.safetensors --variant T   (strict load of a model folder)

One JSON object a line. Sizes are HEIGHTxWIDTH, multiples of 16.
"""
import argparse
import copy
import json
import math
import os
import statistics
import struct
import sys
import time

import torch
import torch.nn.functional as F

START = time.perf_counter()

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "main", "resources", "io", "github", "transfuse", "export"))
from transfuse import TransFuse  # noqa: E402  the file that exported models carry


def structure_loss(logits, mask):
    weight = 1 + 5 * (F.avg_pool2d(mask, 31, 1, 15) - mask).abs()
    bce = F.binary_cross_entropy_with_logits(logits, mask, reduction="none")
    wbce = (weight * bce).sum((2, 3)) / weight.sum((2, 3))
    p = torch.sigmoid(logits)
    inter = (weight * p * mask).sum((2, 3))
    union = (weight * (p + mask)).sum((2, 3))
    return (wbce + 1 - (inter + 1) / (union - inter + 1)).mean()


def total_loss(maps, mask):
    x, one, two = (structure_loss(m.float() if m.dtype != torch.float64 else m, mask) for m in maps)
    return 0.5 * two + 0.3 * one + 0.2 * x


# ---------------------------------------------------------------- weights
def gain(key):
    if key.startswith(("resnet.", "transformer.")):
        return 3.0
    return 0.375 if ".attn_block." in key else 0.75 if ".spatial." in key else 6.0


def random_weights(model, seed=1):
    """Uniform, with the spreads of the Java benchmark model; norms are neutral."""
    g = torch.Generator().manual_seed(seed)
    state = model.state_dict()
    for key, t in state.items():
        if key.endswith("num_batches_tracked"):
            continue
        spread = math.sqrt(gain(key) * t.shape[0] / t.numel()) if t.dim() > 1 else 0.0
        middle = 1.0 if key.endswith("running_var") or (t.dim() == 1 and key.endswith(".weight")) else 0.0
        state[key] = middle + spread * (2 * torch.rand(t.shape, generator=g) - 1)
    model.load_state_dict(state)
    return model


def fnv(key):
    h = 0x811C9DC5
    for byte in key.encode():
        h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    return h


def uniform(key, seed, count):
    """The fixtures' hash: doubles in [-1, 1)."""
    m = 0xFFFFFFFF
    z = ((fnv(key) ^ (seed * 0x9E3779B1 & m)) + torch.arange(count, dtype=torch.int64) * 0x9E3779B9) & m
    z ^= z >> 16
    z = (z * 0x85EBCA6B) & m  # int64 wraps: the low 32 bits stay right
    z ^= z >> 13
    z = (z * 0xC2B2AE35) & m
    z ^= z >> 16
    return (z >> 8).double() / 8388608.0 - 1.0


def formula_weights(model, seed):
    state = model.state_dict()
    for key, t in state.items():
        if key.endswith("num_batches_tracked"):
            state[key] = torch.tensor((fnv(key) ^ (seed * 0x9E3779B1 & 0xFFFFFFFF)) % 1000)
            continue
        u = uniform(key, seed, t.numel()).reshape(t.shape)
        if key.endswith("running_mean"):
            v = 0.1 * u
        elif key.endswith("running_var"):
            v = 1.0 + 0.2 * u.abs()
        elif key.endswith("pos_embed"):
            v = 0.5 * u
        elif key.endswith("cls_token"):
            v = 0.02 * u
        elif t.dim() >= 2:
            v = math.sqrt(gain(key) / (t.numel() // t.shape[0])) * u
        else:
            v = 1.0 + 0.1 * u if key.endswith(".weight") else 0.1 * u
        state[key] = v.float()
    model.load_state_dict(state)
    return model


def formula_mask(b, h, w, seed):
    y, x, r = torch.arange(h).view(-1, 1), torch.arange(w).view(1, -1), min(h, w) // 4
    planes = []
    for i in range(b):
        cx, cy = w * (3 + (i + seed) % 3) // 8, h * (3 + (2 * i + seed) % 3) // 8
        planes.append(((x - cx) ** 2 + (y - cy) ** 2 <= r * r).double())
    return torch.stack(planes).unsqueeze(1)


def formula_image(b, h, w, seed):
    u = uniform("input", seed, b * 3 * h * w).reshape(b, 3, h, w)
    bb, c = torch.arange(b).view(-1, 1, 1, 1), torch.arange(3).view(1, -1, 1, 1)
    y, x = torch.arange(h).view(1, 1, -1, 1), torch.arange(w).view(1, 1, 1, -1)
    t = (x * (3 + c) + y * (5 + 2 * c) + 37 * bb + 11 * seed) % 128
    tri = ((t - 64).abs() - 32).double() / 32
    return (tri + 0.5 * u + (1 - 0.5 * c.double()) * formula_mask(b, h, w, seed)).float()


def read_safetensors(path):
    kinds = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16,
             "I64": torch.int64, "I32": torch.int32, "U8": torch.uint8, "BOOL": torch.bool}
    with open(path, "rb") as f:
        head = json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))
        data = bytearray(f.read())
    head.pop("__metadata__", None)
    out = {}
    for key, e in head.items():
        a, z = e["data_offsets"]
        piece = bytearray(data[a:z])  # a copy of its own: aligned
        out[key] = (torch.frombuffer(piece, dtype=kinds[e["dtype"]]) if piece
                    else torch.empty(0, dtype=kinds[e["dtype"]])).reshape(e["shape"])
    return out


# ---------------------------------------------------------------- stopwatch
def say(**row):
    print(json.dumps(row), flush=True)


def left(args):
    return args.budget - (time.perf_counter() - START) if args.budget else float("inf")


def sync(device):
    if device.type == "cuda":
        torch.cuda.synchronize()


def tf32(on):
    torch.set_float32_matmul_precision("high" if on else "highest")
    torch.backends.cudnn.allow_tf32 = on


def fresh(device):
    if hasattr(torch, "_dynamo") and "torch._dynamo" in sys.modules:
        torch._dynamo.reset()
    if device.type == "cuda":
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()


def peak(device):
    if device.type != "cuda":
        return {}
    return {"peak_allocated_mib": round(torch.cuda.max_memory_allocated() / 2**20, 1),
            "peak_reserved_mib": round(torch.cuda.max_memory_reserved() / 2**20, 1)}


def median_ms(call, device, args):
    times = []
    while len(times) < args.calls:
        sync(device)
        t = time.perf_counter()
        call()
        sync(device)
        times.append(1e3 * (time.perf_counter() - t))
        if len(times) >= 3 and left(args) < 0:
            break  # fewer calls than asked: the row says how many
    return statistics.median(times), len(times)


def graphed(model, x):
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            model(x)
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        out = model(x)

    def call(image):
        if image is not x:
            x.copy_(image)
        graph.replay()
        return out
    return call


# name, dtype, TF32, how; in order of importance
INFER = [
    ("bf16 eager", torch.bfloat16, False, "eager"),
    ("float32 eager", torch.float32, False, "eager"),
    ("bf16 compile default", torch.bfloat16, False, "default"),
    ("bf16 CUDA graph", torch.bfloat16, False, "graph"),
    ("float32 eager TF32", torch.float32, True, "eager"),
    ("bf16 compile reduce-overhead", torch.bfloat16, False, "reduce-overhead"),
    ("float32 compile default", torch.float32, False, "default"),
    ("float32 compile reduce-overhead", torch.float32, False, "reduce-overhead"),
    ("float32 compile default TF32", torch.float32, True, "default"),
]


def infer_row(args, device, base, row, size, batch):
    name, dtype, fast, how = row
    fresh(device)
    tf32(fast)
    with torch.inference_mode(how != "graph"), torch.no_grad():
        model = copy.deepcopy(base).eval()
        layout = torch.channels_last if dtype == torch.bfloat16 else torch.contiguous_format
        model = model.to(device, dtype).to(memory_format=layout)
        host = torch.randn(batch, 3, *size, generator=torch.Generator().manual_seed(2))
        target = torch.empty(batch, 1, *size)
        if device.type == "cuda":
            host, target = host.pin_memory(), target.pin_memory()
        there = host.to(device).to(dtype).contiguous(memory_format=layout)
        begin = time.perf_counter()
        if how == "graph":
            call = graphed(model, there)
        else:
            call = model if how == "eager" else torch.compile(model, mode=how, dynamic=False)

        def user():
            x = host.to(device, non_blocking=True).to(dtype).contiguous(memory_format=layout)
            target.copy_(call(x)[2], non_blocking=True)  # the copy converts to float32

        user()
        sync(device)
        first = time.perf_counter() - begin
        for _ in range(args.warmup):
            user()
        sync(device)
        ms, calls = median_ms(user, device, args)
        inside, _ = median_ms(lambda: call(there), device, args)
        finite = bool(torch.isfinite(target).all())
    return dict(ms=round(ms, 3), images_per_s=round(1e3 * batch / ms, 1), device_ms=round(inside, 3),
                device_images_per_s=round(1e3 * batch / inside, 1), calls=calls, first_call_s=round(first, 2),
                finite=finite, **peak(device))


TRAIN = [
    ("bf16 autocast eager", True, False),
    ("float32 eager", False, False),
    ("bf16 autocast compile", True, True),
]


def train_row(args, device, base, row, size, batch):
    _, low, compiled = row
    fresh(device)
    tf32(False)
    model = copy.deepcopy(base).train().to(device)
    g = torch.Generator().manual_seed(2)
    layout = torch.channels_last if low else torch.contiguous_format
    model = model.to(memory_format=layout)
    x = torch.randn(batch, 3, *size, generator=g).to(device).contiguous(memory_format=layout)
    mask = (torch.rand(batch, 1, *size, generator=g) > 0.5).float().to(device)
    adam = torch.optim.Adam(model.parameters(), lr=7e-5, betas=(0.5, 0.999))
    call = torch.compile(model, dynamic=False) if compiled else model
    losses = []

    def step():
        adam.zero_grad(set_to_none=True)
        with torch.autocast(device.type, torch.bfloat16, enabled=low):
            maps = call(x)
        loss = total_loss(maps, mask)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        adam.step()
        losses[:] = [loss.detach()]

    begin = time.perf_counter()
    step()
    sync(device)
    first = time.perf_counter() - begin
    for _ in range(args.warmup):
        step()
    sync(device)
    ms, calls = median_ms(step, device, args)
    return dict(ms=round(ms, 3), steps_per_s=round(1e3 / ms, 2), images_per_s=round(1e3 * batch / ms, 1),
                calls=calls, first_call_s=round(first, 2), loss=round(float(losses[0]), 4), **peak(device))


def measure(args, rows, one):
    device = torch.device(args.device)
    torch.backends.cudnn.benchmark = args.cudnn_benchmark
    say(torch=torch.__version__, cuda=torch.version.cuda, cudnn_benchmark=args.cudnn_benchmark,
        device=torch.cuda.get_device_name() if device.type == "cuda" else "cpu", threads=torch.get_num_threads())
    bases = {v: random_weights(TransFuse(v)) for v in args.variant}
    compile_s, skipped = 0.0, 0
    for row in rows:
        slow = row[-1] if isinstance(row[-1], bool) else row[-1] in ("default", "reduce-overhead")
        if args.only and not any(o.strip() in row[0] for o in args.only.split(",")):
            continue
        if row[-1] == "graph" and device.type != "cuda":
            continue
        # Compiling takes long: the largest batch first
        batches = sorted(args.batches, reverse=True) if slow else args.batches
        if slow and args.compile_batches:
            batches = args.compile_batches
        for batch in batches:
            for size in args.sizes:
                for v in args.variant:
                    # A compilation cannot be stopped: it starts only where the slowest so far would fit
                    if left(args) <= (max(compile_s, args.compile_guess) if slow else 0.5):
                        skipped += 1
                        continue
                    label = dict(variant=v, size=f"{size[0]}x{size[1]}", batch=batch, how=row[0])
                    begin = time.perf_counter()
                    try:
                        say(**label, **one(args, device, bases[v], row, size, batch))
                    except Exception as e:  # one row that fails must not cost the others
                        say(**label, error=f"{type(e).__name__}: {e}"[:300])
                    if slow:
                        compile_s = max(compile_s, time.perf_counter() - begin)
    say(done=True, seconds=round(time.perf_counter() - START, 1), skipped_for_budget=skipped)


def check(args):
    names = args.names.split(",")
    for name in names:
        parts = name.split("_")
        h, w = map(int, parts[1].split("x"))
        b, seed = int(parts[2][1:]), int(parts[3][1:])
        classes = int(parts[4][2:]) if len(parts) > 4 else 1
        # A fixture of another size has a table of that size of its own
        model = formula_weights(TransFuse(parts[0], classes, grid=(h // 16, w // 16)), seed).eval()
        golden = read_safetensors(os.path.join(args.fixtures, name + ".logits.safetensors"))
        with torch.no_grad():
            maps = model(formula_image(b, h, w, seed))
        diff = {k: float((m - golden[k]).abs().max()) for k, m in zip(("map_x", "map_1", "map_2"), maps)}
        say(fixture=name, parameters=sum(p.numel() for p in model.parameters()), largest_difference=diff,
            largest_logit=float(golden["map_2"].abs().max()))
    for name in (args.losses.split(",") if args.losses else ()):
        f = read_safetensors(os.path.join(args.fixtures, name + ".safetensors"))
        logits, mask = f["logits"].double(), f["mask"].double()
        got = structure_loss(logits, mask.expand_as(logits))
        say(loss=name, difference_f64=abs(float(got) - float(f["loss_f64"].reshape(-1)[0])))


def load(args):
    state = read_safetensors(args.weights)
    heads = state["final_2.1.conv.weight"].shape[0]
    grid = tuple(map(int, args.grid.split("x"))) if args.grid else None
    model = TransFuse(args.variant[0], heads, grid=grid, cin=state["resnet.conv1.weight"].shape[1])
    problem = model.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in state.items()})
    say(weights=args.weights, keys=len(state), result=str(problem))


def main():
    def sizes(text):
        return [tuple(map(int, s.split("x"))) for s in text.split(",")]

    def ints(text):
        return [int(s) for s in text.split(",")]

    class Extend(argparse.Action):
        seen = None

        def __call__(self, parser, space, values, option=None):
            if Extend.seen != id(space):
                setattr(space, self.dest, [])
                Extend.seen = id(space)
            setattr(space, self.dest, getattr(space, self.dest) + values)

    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("command", choices=["infer", "train", "check", "load"])
    p.add_argument("--variant", default=["T", "S"], type=lambda t: t.upper().split(","))
    p.add_argument("--sizes", "--size", default=None, type=sizes, action=Extend)
    p.add_argument("--batches", "--batch", default=None, type=ints)
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    p.add_argument("--budget", type=float, default=0, help="seconds from the start of this script; 0: no limit")
    p.add_argument("--calls", type=int, default=30)
    p.add_argument("--warmup", type=int, default=5)
    p.add_argument("--only", default="", help="only the rows whose name holds one of these words, by commas")
    p.add_argument("--compile-batches", type=ints, default=None)
    p.add_argument("--compile-guess", type=float, default=15, help="seconds that must be left to start compiling")
    p.add_argument("--cudnn-benchmark", action="store_true")
    p.add_argument("--fixtures", default="src/test/resources/fixtures")
    p.add_argument("--names", default="S_192x256_b1_s1,S_96x128_b1_s1,S_96x128_b1_s5_nc3")
    p.add_argument("--losses", default="loss_A,loss_B,loss_C,loss_D,loss_E,loss_F")
    p.add_argument("--weights", default="")
    p.add_argument("--grid", default="", help="position_grid of the model, where it is not its variant's")
    args = p.parse_args()
    if args.command == "check":
        return check(args)
    if args.command == "load":
        return load(args)
    if args.command == "infer":
        args.sizes = args.sizes or [(192, 256), (352, 352)]
        args.batches = args.batches or [1, 8, 32]
        return measure(args, INFER, infer_row)
    args.sizes = args.sizes or [(192, 192)]
    args.batches = args.batches or [16]
    return measure(args, TRAIN, train_row)


if __name__ == "__main__":
    main()

"""The network of TransFuse on this processor in PyTorch, ONNX Runtime and OpenVINO: milliseconds an image, median of rounds in turn.

  pip install torch onnx onnxscript onnxruntime openvino nncf
  python other_runtimes.py --variant S --size 352x352 --threads 2
  python other_runtimes.py --variant T --size 192x256 --batch 8 --rounds 20

Beside it: transfuse bench --variant S --size 352x352 --threads 2. All of them compute with random weights and take the prediction
(the third of the three maps), so that a runtime may leave the other heads out. int8 is calibrated on random images: its speed is real,
its agreement says nothing. Sizes are HEIGHTxWIDTH, multiples of 16. One JSON object a line; a form that fails is told and left out.
"""
import argparse
import json
import os
import platform
import statistics
import tempfile
import time

import numpy as np
import torch

from transfuse_pytorch import TransFuse, random_weights


class Prediction(torch.nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        return self.network(image)[2]


def pytorch(model, image, dtype):
    inside = Prediction(model).eval().to(dtype).to(memory_format=torch.channels_last)
    inputs = image.to(dtype).contiguous(memory_format=torch.channels_last)

    def call():
        with torch.inference_mode():
            return inside(inputs).float().numpy()
    return call


def compiled(model, image, dtype):
    inside = torch.compile(Prediction(model).eval().to(dtype), dynamic=False)
    inputs = image.to(dtype)

    def call():
        with torch.inference_mode():
            return inside(inputs).float().numpy()
    return call


def onnx_file(model, image, folder):
    path = os.path.join(folder, "network.onnx")
    torch.onnx.export(Prediction(model).eval(), (image,), path, input_names=["image"], output_names=["logits"],
                      opset_version=18, dynamo=False)
    return path


def onnxruntime(path, image, threads, int8):
    import onnxruntime as ort
    if int8:
        from onnxruntime.quantization import quantize_dynamic
        smaller = path.replace(".onnx", "-int8.onnx")
        quantize_dynamic(path, smaller)
        path = smaller
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    inputs = {"image": image.numpy()}
    return lambda: session.run(None, inputs)[0]


def openvino(path, image, threads, kind):
    import openvino as ov
    core = ov.Core()
    model = core.read_model(path)
    if kind == "int8":
        import nncf
        pictures = [np.random.default_rng(i).normal(size=tuple(image.shape)).astype(np.float32) for i in range(8)]
        model = nncf.quantize(model, nncf.Dataset(pictures), subset_size=8, model_type=nncf.ModelType.TRANSFORMER)
    settings = {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY",
                "INFERENCE_PRECISION_HINT": "bf16" if kind == "bf16" else "f32"}
    request = core.compile_model(model, "CPU", settings).create_infer_request()
    inputs = image.numpy()
    return lambda: request.infer([inputs])[0]


def forms(model, image, args, folder):
    yield "PyTorch float32", lambda: pytorch(model(), image, torch.float32)
    yield "PyTorch bf16", lambda: pytorch(model(), image, torch.bfloat16)
    if args.compile:
        yield "torch.compile float32", lambda: compiled(model(), image, torch.float32)
        yield "torch.compile bf16", lambda: compiled(model(), image, torch.bfloat16)
    path = onnx_file(model(), image, folder)
    yield "ONNX Runtime float32", lambda: onnxruntime(path, image, args.threads, False)
    yield "ONNX Runtime int8, dynamic", lambda: onnxruntime(path, image, args.threads, True)
    for kind in ("float32", "bf16", "int8"):
        yield "OpenVINO " + kind, lambda kind=kind: openvino(path, image, args.threads, kind)


def processor():
    """Linux keeps its name elsewhere."""
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as lines:
            for line in lines:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    return platform.processor()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--variant", default="T", choices=["T", "S", "L"])
    parser.add_argument("--size", default="192x256")
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--compile", action="store_true", help="torch.compile too: minutes, and a C++ compiler")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    height, width = map(int, args.size.split("x"))
    image = torch.randn(args.batch, 3, height, width, generator=torch.Generator().manual_seed(2))

    def model():
        return random_weights(TransFuse(args.variant))

    calls = {}
    with tempfile.TemporaryDirectory() as folder:
        exact = pytorch(model(), image, torch.float32)()
        for name, make in forms(model, image, args, folder):
            try:
                call = make()
                error = float(np.abs(call() - exact).max())
                calls[name] = (call, error, [])
            except Exception as e:  # noqa: BLE001  a runtime that is missing or refuses the network
                print(json.dumps({"form": name, "failed": str(e).splitlines()[0][:200]}), flush=True)
        for _ in range(args.rounds):
            for call, _, times in calls.values():
                begin = time.perf_counter()
                call()
                times.append(1e3 * (time.perf_counter() - begin))
    for name, (_, error, times) in calls.items():
        print(json.dumps({"form": name, "variant": args.variant, "size": args.size, "batch": args.batch,
                          "threads": args.threads, "ms_an_image": round(statistics.median(times) / args.batch, 2),
                          "max_logit_difference": round(error, 5), "processor": processor()}), flush=True)


if __name__ == "__main__":
    main()

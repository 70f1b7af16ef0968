package io.github.transfuse.weights;

import io.github.transfuse.weights.PickledValues.Function;
import io.github.transfuse.weights.PickledValues.StorageType;
import java.util.Map;
import java.util.Optional;

/** The only Python names a checkpoint may use, and what they mean here. */
final class PickleGlobals {
    private static final Map<String, Object> ALLOWED = Map.ofEntries(
            Map.entry("collections.OrderedDict", Function.ORDERED_DICT),
            Map.entry("torch._utils._rebuild_tensor", Function.REBUILD_TENSOR),
            Map.entry("torch._utils._rebuild_tensor_v2", Function.REBUILD_TENSOR),
            Map.entry("torch._utils._rebuild_tensor_v3", Function.REBUILD_TENSOR_V3),
            Map.entry("torch._utils._rebuild_parameter", Function.REBUILD_PARAMETER),
            Map.entry("torch.DoubleStorage", new StorageType(DType.F64, false)),
            Map.entry("torch.FloatStorage", new StorageType(DType.F32, false)),
            Map.entry("torch.HalfStorage", new StorageType(DType.F16, false)),
            Map.entry("torch.BFloat16Storage", new StorageType(DType.BF16, false)),
            Map.entry("torch.LongStorage", new StorageType(DType.I64, false)),
            Map.entry("torch.IntStorage", new StorageType(DType.I32, false)),
            Map.entry("torch.ShortStorage", new StorageType(DType.I16, false)),
            Map.entry("torch.CharStorage", new StorageType(DType.I8, false)),
            Map.entry("torch.ByteStorage", new StorageType(DType.U8, false)),
            Map.entry("torch.BoolStorage", new StorageType(DType.BOOL, false)),
            Map.entry("torch.ComplexFloatStorage", new StorageType(DType.C64, false)),
            Map.entry("torch.storage.UntypedStorage", new StorageType(DType.U8, true)),
            Map.entry("torch.UntypedStorage", new StorageType(DType.U8, true)),
            Map.entry("torch.float64", DType.F64),
            Map.entry("torch.float32", DType.F32),
            Map.entry("torch.float16", DType.F16),
            Map.entry("torch.bfloat16", DType.BF16),
            Map.entry("torch.float8_e4m3fn", DType.F8_E4M3),
            Map.entry("torch.float8_e5m2", DType.F8_E5M2),
            Map.entry("torch.int64", DType.I64),
            Map.entry("torch.int32", DType.I32),
            Map.entry("torch.int16", DType.I16),
            Map.entry("torch.int8", DType.I8),
            Map.entry("torch.uint8", DType.U8),
            Map.entry("torch.uint16", DType.U16),
            Map.entry("torch.uint32", DType.U32),
            Map.entry("torch.uint64", DType.U64),
            Map.entry("torch.bool", DType.BOOL));

    private PickleGlobals() {}

    static Optional<Object> find(String qualifiedName) {
        return Optional.ofNullable(ALLOWED.get(qualifiedName));
    }
}

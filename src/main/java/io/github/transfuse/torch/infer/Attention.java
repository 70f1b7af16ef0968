package io.github.transfuse.torch.infer;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Multi-head self-attention over queries, keys and values that lie side by side. libtorch's fused operator reads them
 * where they lie, where matrix products would copy them, and keeps the weights of one query in the cache.
 */
enum Attention {
    /** In the format of its input: the fastest where the processor has matrix units for it, or in float32. */
    AS_GIVEN {
        @Override
        Tensor apply(Tensor joint, int heads) {
            return fused(joint, heads);
        }
    },
    /**
     * In float32, whatever the format. Without matrix units for bf16 (Intel's AMX) the fused operator multiplies bf16
     * numbers one by one, up to fifty times slower.
     */
    IN_FLOAT32 {
        @Override
        Tensor apply(Tensor joint, int heads) {
            return fused(joint.to(ScalarType.Float), heads)
                    .to(joint.scalar_type().intern());
        }
    };

    private static final long TRIAL_TOKENS = 192;
    private static final int TRIAL_HEADS = 1;
    private static final long HEAD_WIDTH = 64;

    /**
     * Attends.
     *
     * @param joint [B, N, 3E]
     * @param heads that E is divided into
     * @return [B, N, E] in the same format
     */
    abstract Tensor apply(Tensor joint, int heads);

    /** What is fastest on this processor; for bf16 it is tried once per process, in some milliseconds. */
    static Attention fastest(ScalarType format) {
        return format == ScalarType.Float ? AS_GIVEN : Tried.BF16;
    }

    /** Which form to take, by the times of both; no known processor is near the border. */
    static Attention faster(long asGivenNanos, long inFloat32Nanos) {
        return asGivenNanos <= inFloat32Nanos ? AS_GIVEN : IN_FLOAT32;
    }

    private static Tensor fused(Tensor joint, int heads) {
        long batch = joint.size(0);
        long tokens = joint.size(1);
        long dim = joint.size(2) / 3;
        Tensor split = joint.reshape(batch, tokens, 3, heads, dim / heads).permute(2, 0, 3, 1, 4); // 3, B, h, N, d
        Tensor mixed = torch.scaled_dot_product_attention(split.select(0, 0), split.select(0, 1), split.select(0, 2));
        return mixed.transpose(1, 2).reshape(batch, tokens, dim);
    }

    /** Found out when it is first needed. */
    private static final class Tried {
        private static final Attention BF16 = OneThread.compute(() -> {
            Tensor joint = OneThread.numbers(1, TRIAL_TOKENS, 3 * TRIAL_HEADS * HEAD_WIDTH)
                    .to(ScalarType.BFloat16);
            long[] nanos = Race.onThisThread().best(List.of(() -> run(AS_GIVEN, joint), () -> run(IN_FLOAT32, joint)));
            return faster(nanos[0], nanos[1]);
        });

        private static void run(Attention attention, Tensor joint) {
            OneThread.scoped(() -> attention.apply(joint, TRIAL_HEADS));
        }
    }
}

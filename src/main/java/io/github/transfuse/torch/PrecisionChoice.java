package io.github.transfuse.torch;

import com.google.gson.JsonObject;
import io.github.transfuse.engine.Device.Kind;
import io.github.transfuse.engine.DeviceInfo;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.model.Bf16Record;
import io.github.transfuse.torch.infer.Bf16Speed.Trial;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * In which number format to compute, and why.
 *
 * @param precision never AUTO
 * @param note a sentence for people
 */
record PrecisionChoice(Precision precision, String note) {

    /**
     * Chooses for segmenting.
     *
     * @param asked what the user wants
     * @param device where
     * @param checks of the model's history
     * @param trial asked only where nothing else speaks against bf16 on a processor
     * @throws IllegalArgumentException for fp16 on a processor
     */
    static PrecisionChoice forInference(Precision asked, DeviceInfo device, JsonObject checks, Supplier<Trial> trial) {
        if (asked != Precision.AUTO) {
            return forced(asked, device);
        }
        if (!device.nativeBf16()) {
            return float32("'" + device.name() + "' is not known to compute bf16 in hardware");
        }
        Optional<Bf16Record> recorded = Bf16Record.of(checks);
        if (recorded.isEmpty()) {
            return float32("the model records no check of bf16; 'transfuse evaluate --precision auto' makes it");
        }
        String figures = "the model records " + recorded.get().words();
        return recorded.get().isTrusted() ? ifFaster(device, trial, "bf16, because " + figures) : float32(figures);
    }

    /** Chooses for training, where the loss and the weights stay in float32 in any case. */
    static PrecisionChoice forTraining(Precision asked, DeviceInfo device, Supplier<Trial> trial) {
        if (asked != Precision.AUTO) {
            return forced(asked, device);
        }
        return device.nativeBf16()
                ? ifFaster(device, trial, "bf16 autocast, because " + device.name() + " has it in hardware")
                : float32("'" + device.name() + "' is not known to compute bf16 in hardware");
    }

    /** What instruction sets promise is tried on processors; what else speaks for bf16 is part of the note. */
    private static PrecisionChoice ifFaster(DeviceInfo device, Supplier<Trial> trial, String why) {
        if (device.device().kind() != Kind.CPU) {
            return new PrecisionChoice(Precision.BF16, why + ".");
        }
        Trial tried = trial.get();
        return tried.faster()
                ? new PrecisionChoice(Precision.BF16, why + "; " + tried.finding() + ".")
                : float32("bf16 is not faster on '" + device.name() + "': " + tried.finding());
    }

    private static PrecisionChoice forced(Precision asked, DeviceInfo device) {
        if (asked == Precision.FP16 && device.device().kind() == Kind.CPU) {
            throw new IllegalArgumentException(
                    "precision=fp16 is for GPUs; use float32 or bf16 on the processor, or precision=auto.");
        }
        boolean slow = asked == Precision.BF16 && !device.nativeBf16();
        String why = slow ? "as asked; slow, because no bf16 hardware is known of here." : "as asked.";
        return new PrecisionChoice(asked, asked + ", " + why);
    }

    private static PrecisionChoice float32(String reason) {
        return new PrecisionChoice(Precision.FLOAT32, "float32, because " + reason + ".");
    }
}

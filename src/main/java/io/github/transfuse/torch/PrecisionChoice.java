package io.github.transfuse.torch;

import com.google.gson.JsonObject;
import io.github.transfuse.engine.Device.Kind;
import io.github.transfuse.engine.DeviceInfo;
import io.github.transfuse.engine.Precision;
import io.github.transfuse.model.ActivationRanges;
import io.github.transfuse.model.PrecisionRecord;
import io.github.transfuse.torch.infer.FormatSpeed;
import io.github.transfuse.torch.infer.FormatSpeed.Trial;
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
     * Trials of this processor; each is asked only where nothing else speaks against its format.
     *
     * @param bf16 against float32
     * @param int8 against float32
     */
    record Trials(Supplier<Trial> bf16, Supplier<Trial> int8) {
        /** Those of this process. */
        static final Trials HERE = new Trials(FormatSpeed::bf16, FormatSpeed::int8);
    }

    /**
     * Chooses for segmenting.
     *
     * @param asked what the user wants
     * @param device where
     * @param checks of the model's history
     * @throws IllegalArgumentException for fp16 on a processor, and for int8 that is not possible
     */
    static PrecisionChoice forInference(Precision asked, DeviceInfo device, JsonObject checks, Trials trials) {
        if (asked == Precision.INT8) {
            return int8AsAsked(device, checks, trials.int8);
        }
        if (asked != Precision.AUTO) {
            return forced(asked, device);
        }
        PrecisionChoice usual = bf16OrFloat32(device, checks, trials.bf16);
        // beside a fast bf16 whole predictions gain nothing by int8, and the times of both trials are near each other
        boolean wanted = usual.precision == Precision.FLOAT32 && isProcessor(device);
        return wanted ? int8(checks, trials.int8).orElse(usual) : usual;
    }

    private static Optional<PrecisionChoice> int8(JsonObject checks, Supplier<Trial> trial) {
        Optional<PrecisionRecord> recorded =
                PrecisionRecord.of(PrecisionRecord.INT8, checks).filter(PrecisionRecord::isTrusted);
        if (recorded.isEmpty()
                || ActivationRanges.of(checks).isEmpty()
                || !trial.get().faster()) {
            return Optional.empty();
        }
        String why = "int8, because the model records " + recorded.get().words() + "; ";
        return Optional.of(new PrecisionChoice(Precision.INT8, why + trial.get().finding() + "."));
    }

    private static PrecisionChoice int8AsAsked(DeviceInfo device, JsonObject checks, Supplier<Trial> trial) {
        String other = " Use precision=auto, float32 or bf16.";
        if (!isProcessor(device)) {
            throw new IllegalArgumentException("precision=int8 is for processors." + other);
        }
        if (ActivationRanges.of(checks).isEmpty()) {
            throw new IllegalArgumentException(
                    "precision=int8 needs a calibration, and the model records none. 'transfuse evaluate --precision auto'"
                            + " makes it for models of planes." + other);
        }
        Trial tried = trial.get();
        if (tried.ratio() == 0) {
            throw new IllegalArgumentException("precision=int8 is not possible here: " + tried.finding() + "." + other);
        }
        boolean trusted = PrecisionRecord.of(PrecisionRecord.INT8, checks)
                .filter(PrecisionRecord::isTrusted)
                .isPresent();
        return new PrecisionChoice(
                Precision.INT8,
                trusted ? "int8, as asked." : "int8, as asked; the model records no check that it passed.");
    }

    private static boolean isProcessor(DeviceInfo device) {
        return device.device().kind() == Kind.CPU;
    }

    private static PrecisionChoice bf16OrFloat32(DeviceInfo device, JsonObject checks, Supplier<Trial> trial) {
        if (!device.nativeBf16()) {
            return float32("'" + device.name() + "' is not known to compute bf16 in hardware");
        }
        Optional<PrecisionRecord> recorded = PrecisionRecord.of(PrecisionRecord.BF16, checks);
        if (recorded.isEmpty()) {
            return float32("the model records no check of bf16; 'transfuse evaluate --precision auto' makes it");
        }
        String figures = "the model records " + recorded.get().words();
        return recorded.get().isTrusted() ? ifFaster(device, trial, "bf16, because " + figures) : float32(figures);
    }

    /** Chooses for training, where the loss and the weights stay in float32 in any case. */
    static PrecisionChoice forTraining(Precision asked, DeviceInfo device, Supplier<Trial> trial) {
        if (asked == Precision.INT8) {
            throw new IllegalArgumentException(
                    "precision=int8 is for segmenting. Train with precision=auto, float32 or bf16; at the end the model is"
                            + " checked in int8 too.");
        }
        if (asked != Precision.AUTO) {
            return forced(asked, device);
        }
        return device.nativeBf16()
                ? ifFaster(device, trial, "bf16 autocast, because " + device.name() + " has it in hardware")
                : float32("'" + device.name() + "' is not known to compute bf16 in hardware");
    }

    /** What instruction sets promise is tried on processors; what else speaks for bf16 is part of the note. */
    private static PrecisionChoice ifFaster(DeviceInfo device, Supplier<Trial> trial, String why) {
        if (!isProcessor(device)) {
            return new PrecisionChoice(Precision.BF16, why + ".");
        }
        Trial tried = trial.get();
        return tried.faster()
                ? new PrecisionChoice(Precision.BF16, why + "; " + tried.finding() + ".")
                : float32("bf16 is not faster on '" + device.name() + "': " + tried.finding());
    }

    private static PrecisionChoice forced(Precision asked, DeviceInfo device) {
        if (asked == Precision.FP16 && isProcessor(device)) {
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

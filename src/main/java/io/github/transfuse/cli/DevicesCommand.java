package io.github.transfuse.cli;

import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.DeviceInfo;
import io.github.transfuse.engine.EngineInfo;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code transfuse devices}: where networks can compute on this computer. */
final class DevicesCommand implements Subcommand {
    @Override
    public String name() {
        return "devices";
    }

    @Override
    public String description() {
        return "Lists the devices that networks can compute on.";
    }

    @Override
    public List<String> examples() {
        return List.of("transfuse devices");
    }

    @Override
    public void addOptions(CommandSpec spec) {
        // has none
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) {
        for (DeviceInfo device : TransFuse.devices()) {
            String bf16 = device.nativeBf16() ? "computes bf16 natively" : "";
            String remark = device.reason().isEmpty() ? bf16 : device.reason();
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "%-8s %-11s %s%s%n",
                            device.device(),
                            device.available() ? "available" : "unavailable",
                            device.name(),
                            remark.isEmpty() ? "" : ": " + remark);
        }
        EngineInfo engine = TransFuse.engineInfo();
        terminal.out()
                .println("libtorch " + engine.libtorch() + ", JavaCPP " + engine.javacpp() + ", " + engine.platform()
                        + ", " + engine.threads() + " threads");
        return 0;
    }
}

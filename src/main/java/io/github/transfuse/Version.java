package io.github.transfuse;

import java.util.Optional;

/** Version of this plugin. */
public final class Version {
    private Version() {}

    /** From the jar's manifest; {@code development} where classes are run without a jar. */
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}

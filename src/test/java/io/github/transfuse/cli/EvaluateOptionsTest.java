package io.github.transfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of {@code transfuse evaluate} that are wrong are refused with exit code 2 before anything is computed. */
class EvaluateOptionsTest {
    private static String run(int expected, String... options) {
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        String[] args = Stream.concat(Stream.of("evaluate"), Stream.of(options)).toArray(String[]::new);
        assertEquals(expected, Main.run(writer, writer, args), said::toString);
        return said.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "--mask-type=colours, mask_type",
        "--ignore-label=-3, ignore_label",
        "--threshold=2, threshold",
        "--precision=int4, precision",
        "--overlay, Did you mean",
        "--device=cpu, output is missing",
    })
    void refusesWhatIsWrong(String option, String told) {
        String said = run(2, option);
        assertTrue(said.contains(told), said);
    }

    @Test
    void helpNamesEveryOption() {
        String help = run(0, "--help");
        for (String option :
                new String[] {"--images", "--masks", "--output", "--model", "--mask-type", "--ignore-label"}) {
            assertTrue(help.contains(option), help);
        }
    }
}

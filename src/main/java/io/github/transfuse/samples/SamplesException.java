package io.github.transfuse.samples;

import java.util.List;

/** Training data that cannot be used; the message lists what is wrong and says what to do. */
public class SamplesException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    /** With what is wrong and what to do. */
    public SamplesException(String message) {
        super(message);
    }

    /** With what is wrong, every single case, and what to do. */
    public SamplesException(String what, List<String> cases, String remedy) {
        super(what + "\n  " + String.join("\n  ", cases.subList(0, Math.min(SHOWN, cases.size())))
                + (cases.size() > SHOWN ? "\n  and " + (cases.size() - SHOWN) + " more" : "") + "\n" + remedy);
    }
}

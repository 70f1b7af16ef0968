package io.github.transfuse.settings;

/** A setting is unknown or its value is not allowed; the message names the key, the value given and what is allowed. */
public class SettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** With what is wrong and what is allowed. */
    public SettingException(String message) {
        super(message);
    }
}

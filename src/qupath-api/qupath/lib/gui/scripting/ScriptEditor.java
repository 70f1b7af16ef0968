package qupath.lib.gui.scripting;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public interface ScriptEditor {
    void showScript(String name, String script);
}

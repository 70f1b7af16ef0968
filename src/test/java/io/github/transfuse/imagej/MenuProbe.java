package io.github.transfuse.imagej;

import ij.IJ;
import ij.ImageJ;
import ij.Menus;
import java.awt.Menu;
import java.awt.MenuBar;
import java.awt.MenuItem;

/** Starts plain ImageJ and prints its menu items, one a line: path, a tab, and the class that the item starts. */
public final class MenuProbe {
    private MenuProbe() {}

    /** Prints, then ends ImageJ; the plugin classes are created once, so that whatever they lack comes to light. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        ImageJ.main(arguments);
        MenuBar bar = Menus.getMenuBar();
        for (int i = 0; i < bar.getMenuCount(); i++) {
            print(bar.getMenu(i), "");
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static void print(Menu menu, String parents) throws ReflectiveOperationException {
        for (int i = 0; i < menu.getItemCount(); i++) {
            MenuItem item = menu.getItem(i);
            String path = parents + menu.getLabel();
            if (item instanceof Menu inner) {
                print(inner, path + " > ");
            } else if (path.contains("TransFuse")) {
                Object command = Menus.getCommands().get(item.getLabel());
                System.out.println(path + " > " + item.getLabel() + "\t" + created(String.valueOf(command)));
            }
        }
    }

    /** The class of a command such as {@code a.b.Type("argument")}, created as ImageJ would. */
    private static String created(String command) throws ReflectiveOperationException {
        String type = command.replaceAll("\\(.*", "");
        Object plugin =
                IJ.getClassLoader().loadClass(type).getDeclaredConstructor().newInstance();
        return plugin.getClass().getName();
    }
}

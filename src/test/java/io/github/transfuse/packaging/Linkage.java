package io.github.transfuse.packaging;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.HasDescription;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.FieldAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.resolvers.SelectedClassResolverFromClasspath;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the virtual machine would miss when it links compiled classes with other versions of their libraries than those they
 * were compiled against: classes, methods and fields by name and types, and abstract methods that nobody implements.
 */
final class Linkage {
    private final Set<String> problems = new TreeSet<>();
    private final List<String> libraries;

    private Linkage(List<String> libraries) {
        this.libraries = libraries;
    }

    /**
     * Compares.
     *
     * @param compiled classes that were compiled against other versions
     * @param jars the versions to link with
     * @param libraries packages that must come from the jars
     * @return a sentence for each thing that is missing
     */
    static Collection<String> problems(Path compiled, List<Path> jars, List<String> libraries) {
        List<String> wanted = new ArrayList<>();
        // Only the JDK may come from the class path of the tests: their versions of the libraries are the wrong ones
        ArchConfiguration.withThreadLocalScope((ArchConfiguration configuration) -> {
            configuration.setClassResolver(SelectedClassResolverFromClasspath.class);
            configuration.setClassResolverArguments("java", "javax");
            Set<Location> places = new HashSet<>(Set.of(Location.of(compiled)));
            jars.forEach(jar -> places.add(Location.of(URI.create("jar:" + jar.toUri() + "!/"))));
            wanted.addAll(new Linkage(libraries).check(compiled, new ClassFileImporter().importLocations(places)));
        });
        return wanted;
    }

    private Set<String> check(Path compiled, JavaClasses classes) {
        String place = compiled.toAbsolutePath().toUri().toString();
        for (JavaClass type : classes) {
            if (type.getSource()
                    .map(source -> source.getUri().toString().startsWith(place))
                    .orElse(false)) {
                type.getDirectDependenciesFromSelf().forEach(this::checkClass);
                type.getAccessesFromSelf().forEach(this::checkMember);
                checkImplemented(type);
            }
        }
        return problems;
    }

    private boolean isLibrary(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName() + ".";
        return libraries.stream().anyMatch(library -> name.startsWith(library + "."));
    }

    private void checkClass(Dependency dependency) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (isLibrary(target) && !target.isFullyImported()) {
            problems.add(dependency.getOriginClass().getName() + " needs the class " + target.getName());
        }
    }

    private void checkMember(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        if (!isLibrary(owner) || !owner.isFullyImported()) {
            return;
        }
        boolean exists = access.getTarget() instanceof FieldAccessTarget field
                ? owner.getAllFields().stream()
                        .anyMatch(other ->
                                other.getName().equals(field.getName()) && same(other.getRawType(), field.getRawType()))
                : codeUnits(owner).anyMatch(other -> same(other, (CodeUnitAccessTarget) access.getTarget()));
        if (!exists) {
            problems.add(access.getOriginOwner().getName() + " needs "
                    + ((HasDescription) access.getTarget()).getDescription());
        }
    }

    private static Stream<JavaCodeUnit> codeUnits(JavaClass owner) {
        return Stream.concat(owner.getConstructors().stream(), owner.getAllMethods().stream());
    }

    private static boolean same(JavaCodeUnit one, CodeUnitAccessTarget other) {
        return one.getName().equals(other.getName())
                && same(one.getRawReturnType(), other.getRawReturnType())
                && names(one.getRawParameterTypes()).equals(names(other.getRawParameterTypes()));
    }

    private static boolean same(JavaClass one, JavaClass other) {
        return one.getName().equals(other.getName());
    }

    private static List<String> names(List<JavaClass> types) {
        return types.stream().map(JavaClass::getName).toList();
    }

    private void checkImplemented(JavaClass type) {
        if (type.getModifiers().contains(JavaModifier.ABSTRACT)) {
            return;
        }
        for (JavaMethod method : type.getAllMethods()) {
            boolean open = isLibrary(method.getOwner()) && method.getModifiers().contains(JavaModifier.ABSTRACT);
            if (open && type.getAllMethods().stream().noneMatch(other -> implementsIt(other, method))) {
                problems.add(type.getName() + " does not implement " + method.getFullName());
            }
        }
    }

    private static boolean implementsIt(JavaMethod one, JavaMethod open) {
        return !one.getModifiers().contains(JavaModifier.ABSTRACT)
                && one.getName().equals(open.getName())
                && names(one.getRawParameterTypes()).equals(names(open.getRawParameterTypes()));
    }
}

package org.voucherledger.api.rulecoverage;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One rule of the rulebook with what stands for it in the repository. */
public final class Covered {

    private final String id;
    private final String title;
    private final Set<String> decided = new TreeSet<>();
    private final Set<String> carried = new TreeSet<>();
    private final Set<String> tests = new TreeSet<>();
    private final Set<String> refusals = new TreeSet<>();
    private final Set<String> effects = new TreeSet<>();

    Covered(String id, String title) {
        this.id = id;
        this.title = title;
    }

    public String id() {
        return id;
    }

    /** Its name in the rulebook; empty where it has none. */
    public String title() {
        return title;
    }

    /** Where it is decided, as file and line; where it refuses nothing, where it is carried out. */
    public List<String> decided() {
        return List.copyOf(decided.isEmpty() ? carried : decided);
    }

    /** The tests whose names carry its ID. */
    public List<String> tests() {
        return List.copyOf(tests);
    }

    /** What its refusals are about. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** The events that record it and the parts of the program that show it. */
    public List<String> effects() {
        return List.copyOf(effects);
    }

    public boolean isDecided() {
        return !decided().isEmpty() && (!refusals.isEmpty() || !effects.isEmpty());
    }

    public boolean isProved() {
        return !tests.isEmpty();
    }

    boolean isCovered() {
        return isDecided() && isProved();
    }

    void decides(Path file, int line) {
        decided.add(place(file, line));
    }

    void carries(Path file, int line, String name, boolean recorded) {
        carried.add(place(file, line));
        effects.add(recorded ? name + " (recorded)" : name);
    }

    void proves(String test) {
        tests.add(test);
    }

    void refuses(String about) {
        refusals.add(about);
    }

    private static String place(Path file, int line) {
        return file.toString().replace('\\', '/').replaceFirst("src/main/java/org/voucherledger/", "") + ":" + line;
    }
}

package com.openagents.runbook.system.database;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Privileges that differ in nothing but their object, told as one: a membership brings hundreds of them.
 *
 * @param role who holds them
 * @param may the privileges, separated by commas
 * @param on the first few objects and how many more there are
 * @param way how the role comes by them
 */
public record PrivilegeGroup(String role, String may, String on, String way) {
    private static final int NAMED = 4;

    /** The groups of these privileges, in a fixed order. */
    public static List<PrivilegeGroup> of(List<Privilege> privileges) {
        var rights = new TreeMap<Place, TreeSet<String>>();
        for (var held : privileges) {
            var place = new Place(held.role(), held.schema(), held.kind(), held.way(), held.on());
            rights.computeIfAbsent(place, key -> new TreeSet<>()).add(held.privilege());
        }
        var groups = new TreeMap<Place, List<String>>();
        rights.forEach(
                (place, words) -> groups.computeIfAbsent(place.with(String.join(", ", words)), key -> new ArrayList<>())
                        .add(place.detail()));
        return groups.entrySet().stream()
                .map(group -> new PrivilegeGroup(
                        group.getKey().role(),
                        group.getKey().detail(),
                        shorten(group.getValue()),
                        group.getKey().way()))
                .toList();
    }

    /** What the four roles and PUBLIC hold, as rows; who holds nothing has a row that says so. */
    static List<Map<String, String>> rows(RoleIsolation isolation) {
        return Stream.concat(isolation.roles().all().stream(), Stream.of(Privilege.PUBLIC))
                .flatMap(role -> {
                    var held = isolation.privileges().stream()
                            .filter(privilege -> privilege.role().equals(role))
                            .toList();
                    var exists = role.equals(Privilege.PUBLIC)
                            || isolation.existing().contains(role);
                    return held.isEmpty()
                            ? Stream.of(new PrivilegeGroup(role, exists ? "nothing" : "role does not exist", "", ""))
                            : of(held).stream();
                })
                .map(PrivilegeGroup::row)
                .toList();
    }

    /** As one line: what, on what, by what way. */
    public String inWords() {
        return may + " on " + on + ", " + way;
    }

    private Map<String, String> row() {
        var row = new LinkedHashMap<String, String>();
        row.put("role", role);
        row.put("may", may);
        row.put("on", on);
        row.put("way", way);
        return row;
    }

    private static String shorten(List<String> names) {
        var some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() <= NAMED ? some : some + " and " + (names.size() - NAMED) + " more";
    }

    private record Place(String role, String schema, Privilege.Kind kind, String way, String detail)
            implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparing(Place::role)
                .thenComparing(Place::schema)
                .thenComparing(Place::kind)
                .thenComparing(Place::way)
                .thenComparing(Place::detail);

        Place with(String otherDetail) {
            return new Place(role, schema, kind, way, otherDetail);
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }
}

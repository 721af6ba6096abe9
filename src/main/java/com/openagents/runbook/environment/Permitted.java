package com.openagents.runbook.environment;

import java.util.List;
import java.util.Optional;

/** What may be done to an environment, as its file says. */
record Permitted(EnvironmentFile file) {
    /** Why nothing may be changed, if so; as {@link Environment#forbids}. */
    Optional<String> change(String what, String confirmed) {
        if (!file.allows(what)) {
            return Optional.of("Environment '" + file.name() + "' does not allow a " + what
                    + ". Nothing was changed. To allow it, add this line to its file:\nallows: [" + what + "]");
        }
        boolean asks = file.kind() == EnvironmentFile.Kind.LIVE;
        if (asks ? !confirmed.equals(file.name()) : !confirmed.isEmpty() && !confirmed.equals(file.name())) {
            return Optional.of(
                    "A " + what + " changes " + file.name() + " (" + file.description() + "). Nothing was changed."
                            + (confirmed.isEmpty()
                                    ? " To go on, add: "
                                    : " --confirm names '" + confirmed + "'; to go on, give: ")
                            + "--confirm " + file.name());
        }
        return Optional.empty();
    }

    /** Why these faults cannot be put into it, if they cannot. */
    Optional<String> faults(List<String> faults) {
        if (faults.isEmpty()) {
            return Optional.empty();
        }
        if (file.kind() != EnvironmentFile.Kind.EMBEDDED) {
            return Optional.of("--fault is for the embedded replica only; " + file.name() + " is "
                    + file.kind().word());
        }
        var known = Faults.all().stream().map(Faults.Entry::id).toList();
        return faults.stream()
                .filter(fault -> !known.contains(fault))
                .map(fault -> "There is no fault '" + fault + "'; " + Suggestion.sentence(fault, known))
                .findFirst();
    }
}

package com.openagents.runbook.safety;

/**
 * How one change is taken back, as data: whoever finds it on disk or in the cluster can do it, without knowing the drill.
 * To do it twice is the same as to do it once. No secret value ever stands here.
 *
 * @param name the object that it is about
 * @param state where it is kept what the object was; empty where the action says all
 */
public record Inverse(Action action, String name, String state) {

    /** What can be done to put something back. */
    public enum Action {
        /** {@code state} names the revision that has it; a template may hold a value that nobody should see. */
        RESTORE_TEMPLATE("restore the pod template of StatefulSet"),
        /** {@code state} names the Secret that holds the values as they were. */
        RESTORE_SECRET("restore the values of Secret"),
        DELETE_SECRET("delete Secret"),
        /** {@code state} names the Secret whose DATABASE_URL has the password as it was. */
        RESTORE_PASSWORD("restore the password of database role"),
        /** So that every pod reads its environment anew. */
        RESTART_PODS("restart the pods of StatefulSet"),
        RERUN_GATE("rerun the post-deploy gate with the image of StatefulSet"),
        RESTORE_CONTROL_PLANE("restore the settings of the"),
        /** It comes back by itself; it is waited for. */
        WAIT("wait for the return of");

        private final String words;

        Action(String words) {
            this.words = words;
        }
    }

    static Inverse waitFor(String what) {
        return new Inverse(Action.WAIT, what, "");
    }

    /** {@code restore the values of Secret runtime-secrets from runbook-before-runtime-secrets}. */
    public String words() {
        return action.words + " " + name + (state.isEmpty() ? "" : " from " + state);
    }
}

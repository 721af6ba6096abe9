package com.openagents.runbook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
    private static final List<String> ALL =
            IntStream.range(0, 10).mapToObj(i -> "scenario " + i).toList();

    @TempDir
    private Path features;

    @Test
    void shards_share_the_scenarios_out() {
        var together = new ArrayList<String>();
        for (int i = 1; i <= 3; i++) {
            var part = new Shard(i, 3).part(ALL);
            assertThat(part).hasSizeBetween(3, 4);
            together.addAll(part);
        }

        assertThat(together).containsExactlyInAnyOrderElementsOf(ALL);
    }

    @Test
    void in_whatever_order_they_were_found() {
        var otherOrder = new ArrayList<>(ALL);
        Collections.reverse(otherOrder);

        assertThat(new Shard(2, 3).part(otherOrder)).isEqualTo(new Shard(2, 3).part(ALL));
    }

    @Test
    void a_shard_runs_its_part_of_what_is_selected() throws IOException {
        Files.writeString(features.resolve("1.feature"), feature("@check"));
        Files.writeString(features.resolve("2.feature"), feature("@drill"));
        var checks = new Selection(List.of(), "", List.of());
        var all = new Selection(List.of(), "@check or @drill", List.of());

        assertThat(count(checks)).isEqualTo(3);
        assertThat(count(checks.in(new Shard(1, 2)))).isEqualTo(2);
        assertThat(count(checks.in(new Shard(2, 2)))).isEqualTo(1);
        assertThat(count(checks.in(new Shard(4, 4)))).isZero();
        assertThat(count(all.in(new Shard(1, 2)))).isEqualTo(3);
    }

    @Test
    void a_plan_of_a_shard_stays_in_it() {
        var part = new Selection(List.of(), "@drill", List.of()).in(new Shard(2, 3));

        assertThat(part.planned().shard()).isEqualTo(new Shard(2, 3));
        assertThat(part.in(Shard.ALL).shard()).isEqualTo(Shard.ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "99999999999/99999999999"})
    void what_is_no_shard_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Shard.parse(text));
    }

    @Test
    void a_shard_is_written_as_it_is_read() {
        assertThat(Shard.parse("2/3")).hasToString("2/3");
        assertThat(Shard.parse("1/1")).hasToString("");
    }

    private long count(Selection selection) {
        return new Engine(features, selection).count();
    }

    private static String feature(String tag) {
        return tag + "\nFeature: F\n\n  Scenario: A\n    Given x\n\n  Scenario: B\n    Given x\n\n  Scenario: C\n"
                + "    Given x\n";
    }
}

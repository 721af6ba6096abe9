package com.openagents.runbook.replica.runtime.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.runtime.json.Json;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalTermTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|837400000000",
                "{\"a\":1}|8374000000016d00000001616101",
                "{\"b\":255,\"a\":256}|8374000000026d000000016162000001006d000000016261ff",
                "{\"a\":-1}|8374000000016d000000016162ffffffff",
                "{\"a\":2147483647}|8374000000016d0000000161627fffffff",
                "{\"a\":2147483648}|8374000000016d00000001616e040000000080",
                "{\"a\":-2147483649}|8374000000016d00000001616e040101000080",
                "{\"a\":1.5}|8374000000016d0000000161463ff8000000000000",
                "{\"a\":true,\"b\":false,\"c\":null}|8374000000036d00000001617704747275656d0000000162770566616c73656d000000016377036e696c",
                "{\"a\":[]}|8374000000016d00000001616a",
                "{\"a\":[1,\"x\"]}|8374000000016d00000001616c0000000261016d00000001786a",
                "{\"a\":\"ä\"}|8374000000016d00000001616d00000002c3a4",
            })
    void values_are_encoded_byte_for_byte(String json, String hex) {
        assertThat(Digests.hex(ExternalTerm.encode(Json.read(json)))).isEqualTo(hex);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|836a",
                "{\"b\":{},\"a\":1}|836c0000000268026d0000000161610168026d00000001626a6a",
            })
    void canonical_maps_are_sorted_lists_of_pairs(String json, String hex) {
        assertThat(Digests.hex(ExternalTerm.encodeCanonical(Json.read(json)))).isEqualTo(hex);
    }

    @Property(tries = 1_000)
    void the_order_of_members_does_not_matter(@ForAll String one, @ForAll String other, @ForAll long number) {
        var forward = Json.object(one, number, other, number);
        var backward = Json.object(other, number, one, number);

        assertThat(Digests.term(forward)).isEqualTo(Digests.term(backward));
    }

    @Property(tries = 1_000)
    void texts_survive_json(@ForAll String text) {
        var clean = text.replaceAll("[\\p{Cs}]", "");

        assertThat(Json.read(Json.write(Json.object("t", clean)))).isEqualTo(Json.object("t", clean));
    }
}

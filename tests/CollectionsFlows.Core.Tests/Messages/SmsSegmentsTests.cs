using CollectionsFlows.Core.Contact.Messages;

namespace CollectionsFlows.Core.Tests.Messages;

/// <summary>3GPP TS 23.038: GSM-7 160 or 153 a part, UCS-2 70 or 67 a part.</summary>
public class SmsSegmentsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(160, 1)]
    [InlineData(161, 2)]
    [InlineData(306, 2)] // 2 × 153
    [InlineData(307, 3)]
    public void latin_letters_take_seven_bits(int length, int parts) => Assert.Equal(parts, SmsSegments.Count(new string('a', length)));

    [Theory]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)] // 2 × 67
    [InlineData(135, 3)]
    public void chinese_takes_sixteen_bits(int length, int parts) => Assert.Equal(parts, SmsSegments.Count(new string('还', length)));

    [Theory]
    [InlineData(80, 1)] // 80 × 2 = 160
    [InlineData(81, 2)] // 162: 76 in the first part (152, one septet unused)
    [InlineData(152, 2)] // 76 + 76
    [InlineData(153, 3)]
    public void characters_of_the_extension_table_count_two_and_stay_together(int length, int parts) =>
        Assert.Equal(parts, SmsSegments.Count(new string('€', length)));

    [Theory]
    [InlineData(35, 1)] // 70 code units
    [InlineData(36, 2)] // 72: 33 in the first part (66, one unit unused)
    [InlineData(66, 2)] // 33 + 33
    [InlineData(67, 3)]
    public void a_surrogate_pair_counts_two_and_is_never_split(int pairs, int parts) =>
        Assert.Equal(parts, SmsSegments.Count(string.Concat(Enumerable.Repeat("🙂", pairs))));

    [Fact]
    public void one_character_outside_the_alphabet_turns_the_whole_text_to_sixteen_bits()
    {
        Assert.Equal(1, SmsSegments.Count(new string('a', 100)));
        Assert.Equal(2, SmsSegments.Count(new string('a', 99) + "’")); // 100 code units
    }

    [Theory]
    [InlineData("£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà{}[]~|^\\€", true)]
    [InlineData("ç", false)] // Only the capital is in the alphabet.
    [InlineData("`", false)]
    [InlineData("—", false)]
    [InlineData("\t", false)]
    public void the_alphabet_is_the_standards(string text, bool gsm7) => Assert.Equal(gsm7, SmsSegments.IsGsm7(text));

    [Fact]
    public void a_lone_surrogate_does_not_break_the_count() => Assert.Equal(1, SmsSegments.Count("\ud83d"));
}

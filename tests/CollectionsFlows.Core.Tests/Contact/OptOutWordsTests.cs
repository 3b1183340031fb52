using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Core.Tests.Contact;

/// <summary>OPT-OUT: the listed words in any dress, wordings a reasonable person would read so, and what is not one.</summary>
public sealed class OptOutWordsTests
{
    [Theory]
    [InlineData("stop")]
    [InlineData("quit")]
    [InlineData("end")]
    [InlineData("revoke")]
    [InlineData("opt out")]
    [InlineData("cancel")]
    [InlineData("unsubscribe")]
    [InlineData("退订")]
    [InlineData("TD")]
    [InlineData("T")]
    public void a_listed_word_opts_out_in_any_case_and_dress(string word)
    {
        foreach (var dressed in new[] { word, word.ToUpperInvariant(), word.ToLowerInvariant(), $"  {word}\r\n", $"{word}!!!", $"\"{word}.\"", $"🛑 {word} 🛑", $"**{word}**", $"\t{word}?" })
            Assert.True(OptOutWords.IsOptOut(dressed), dressed);
    }

    [Theory]
    [InlineData("Stop texting me")]
    [InlineData("please stop")]
    [InlineData("STOP. I paid on Friday.")]
    [InlineData("STOP I paid already")]
    [InlineData("StopAll")]
    [InlineData("opt-out")]
    [InlineData("OptOut")]
    [InlineData("s t o p")]
    [InlineData("S.T.O.P")]
    [InlineData("Stoppp")]
    [InlineData("ＳＴＯＰ")]
    [InlineData("please remove me")]
    [InlineData("Take me off your list")]
    [InlineData("delete my number now")]
    [InlineData("Don't contact me again")]
    [InlineData("Don’t text me anymore")]
    [InlineData("do not ever call this phone")]
    [InlineData("No more texts please")]
    [InlineData("I don't want any more messages from you")]
    [InlineData("I no longer wish to hear from you")]
    [InlineData("quit calling my mother")]
    [InlineData("Stop harassing me!!")]
    [InlineData("I told your office twice to stop")]
    [InlineData("leave me alone")]
    [InlineData("I revoke my consent to be contacted")]
    [InlineData("I would like to unsubscribe from these alerts")]
    [InlineData("unsubcribe")]
    [InlineData("how can I opt out of this?")]
    [InlineData("Cease and desist.")]
    [InlineData("you have the wrong number")]
    [InlineData("don't stop by my house, and stop texting me")]
    [InlineData("不要再发了")]
    [InlineData("请不要再给我发短信")]
    [InlineData("别再打电话了！")]
    [InlineData("回复TD")]
    [InlineData("TD退订")]
    [InlineData("退 订。")]
    [InlineData("停止发送")]
    [InlineData("怎么退订")]
    [InlineData("你打错了")]
    [InlineData("no me llamen")]
    public void a_reasonable_person_reads_it_as_an_opt_out(string text) => Assert.True(OptOutWords.IsOptOut(text));

    [Theory]
    [InlineData("")]
    [InlineData("   \n ")]
    [InlineData("👍")]
    [InlineData("I can't stop by the bank today, will pay")]
    [InlineData("I cannot stop at your office, can I pay online?")]
    [InlineData("Stop by the branch tomorrow at 5?")]
    [InlineData("I will pay at the end of the month")]
    [InlineData("I get off at the bus stop near the bank, will pay there")]
    [InlineData("Please don't stop the direct debit")]
    [InlineData("I do not want to opt out")]
    [InlineData("Please do not cancel my plan")]
    [InlineData("Can I cancel my second loan?")]
    [InlineData("I will text you tomorrow")]
    [InlineData("Please call me after 6")]
    [InlineData("I never got your text")]
    [InlineData("I don't understand your message")]
    [InlineData("yes")]
    [InlineData("ok thanks")]
    [InlineData("weekend")]
    [InlineData("T shirt shop closed, no wages this month")]
    [InlineData("My contract ends in May; when does the next instalment fall due?")]
    [InlineData("我明天还款")]
    [InlineData("我不想退订")]
    [InlineData("工资月底发")]
    public void an_ordinary_answer_is_no_opt_out(string text) => Assert.False(OptOutWords.IsOptOut(text));

    [Fact]
    public void our_own_opt_out_line_quoted_under_a_reply_does_not_count()
    {
        Assert.False(OptOutWords.IsOptOut("I pay on Friday.\n\nOn Mon, 2 Mar 2026 at 10:00 Lender wrote:\n> Your payment is due.\n> To unsubscribe, reply STOP."));
        Assert.False(OptOutWords.IsOptOut("I pay on Friday.\r\n> Reply STOP to opt out"));
        Assert.True(OptOutWords.IsOptOut("Unsubscribe\n> Your payment is due."));
    }

    [Fact]
    public void any_text_is_answered()
    {
        foreach (var text in new[] { "\uD800", "stop\uDFFF", new string('s', 20_000), string.Join(' ', Enumerable.Repeat("dont", 5_000)), "\0stop\0" })
            _ = OptOutWords.IsOptOut(text);
        FsCheck.Check.QuickThrowOnFailure(FsCheck.Fluent.Prop.ForAll<string>(text => { _ = OptOutWords.IsOptOut(text ?? ""); }));
    }
}

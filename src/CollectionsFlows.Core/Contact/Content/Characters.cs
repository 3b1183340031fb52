using System.Collections.Frozen;

namespace CollectionsFlows.Core.Contact.Content;

/// <summary>What characters stand for, so that a word is found however it is written.</summary>
internal static class Characters
{
    // Pairs: a traditional character that occurs in collection talk, and its simplified form. Lists are written in simplified ones.
    private const string TraditionalPairs =
        "騙骗殺杀徵征產产個个們们傳传債债償偿別别動动務务區区協协單单嗎吗圍围場场壞坏報报夠够執执請请訴诉訟讼讓让讀读證证"
        + "護护貸贷負负貪贪責责賬账買买費费資资賠赔賴赖軟软輪轮辦办連连進进過过還还遠远選选邊边郵邮釘钉銀银錢钱錯错鎖锁門门開开間间"
        + "關关陰阴陽阳隨随雜杂離离難难電电頭头題题顏颜願愿類类顧顾風风飛飞飯饭餘余馬马驚惊體体鬥斗魚鱼麼么點点黨党齊齐龍龙後后從从復复"
        + "應应懶懒戶户拋抛揚扬換换損损搶抢擔担據据擾扰攔拦斷断時时會会東东條条極极構构權权歲岁歸归毀毁氣气決决沒没滅灭滾滚濟济灣湾爛烂牽牵狀状"
        + "獄狱獲获現现環环異异當当瘋疯發发盜盗監监盡尽眾众碼码確确禍祸種种稱称積积窮穷簡简籤签紅红紀纪約约級级納纳組组結结絕绝給给統统經经綁绑網网"
        + "緊紧緩缓編编緣缘縮缩績绩織织繳缴繼继續续罰罚罵骂羅罗義义習习聯联職职聽听腦脑臉脸與与舉举舊旧號号處处虛虚術术衛卫裝装複复規规視视親亲覺觉觀观"
        + "觸触計计訂订記记訊讯託托設设許许評评詐诈詞词詢询試试話话該该詳详認认誠诚誤误說说課课調调談谈論论諾诺謝谢識识警警議议譴谴變变豬猪貓猫財财貨货"
        + "貴贵貼贴賣卖質质賤贱贓赃跡迹踐践蹤踪車车軍军較较載载輕轻輸输轉转農农逼逼遞递遲迟遷迁適适遺遗鄉乡鄰邻醜丑釋释鐵铁鑰钥長长閉闭問问閒闲聞闻阻阻際际險险"
        + "靜静順顺須须預预領领頻频顯显養养駕驾驗验驅驱雞鸡鳥鸟齒齿廢废廳厅強强彈弹徹彻憑凭戲戏戰战掃扫掛挂採采擇择擊击擬拟攜携敗败敵敌數数於于書书業业樓楼樣样檢检歡欢歷历殘残";

    private const string Homoglyphs = "аaеeоoрpсcхxуyіiѕsјjԁdһhӏl";

    private const string Disguises = "0o1i3e4a5s7t@a$s!i";

    private static readonly FrozenDictionary<char, char> Simplified = Pairs(TraditionalPairs);

    private static readonly FrozenDictionary<char, char> Undisguised = Pairs(Disguises);

    private static readonly FrozenDictionary<char, char> Latin = Pairs(Homoglyphs);

    /// <summary>The character in lower case, half width and simplified; <c>'\0'</c> for one that nobody sees.</summary>
    public static char Plain(char character)
    {
        if (character is >= '\uFF01' and <= '\uFF5E')
            character = (char)(character - 0xFEE0);
        if (IsInvisible(character))
            return '\0';
        if (character < '\u0370')
            return character is >= 'A' and <= 'Z' ? (char)(character + 32) : char.ToLowerInvariant(character);
        return Simplified.GetValueOrDefault(character, char.ToLowerInvariant(character));
    }

    /// <summary>The Latin letter a look-alike of another alphabet stands for.</summary>
    public static char LookAlike(char character) => Latin.GetValueOrDefault(character, character);

    /// <summary>The letter a digit or sign stands for inside a word.</summary>
    public static char Unmasked(char character) => Undisguised.GetValueOrDefault(character, character);

    public static bool IsMask(char character) => Undisguised.ContainsKey(character);

    /// <summary>Whether it is written without spaces around words: each character is a token of its own.</summary>
    public static bool IsIdeograph(char character) => character is >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';

    // Apostrophes are inside words; marks over letters and variation selectors change nobody's reading.
    private static bool IsInvisible(char character) =>
        character is '\'' or '\u2019' or '\u2018' or '`' or '\u02BC' or '\u00AD' or '\u180E' or '\u2060' or '\uFEFF'
            or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u0300' and <= '\u036F') or (>= '\uFE00' and <= '\uFE0F');

    private static FrozenDictionary<char, char> Pairs(string pairs)
    {
        var map = new Dictionary<char, char>();
        for (var at = 0; at + 1 < pairs.Length; at += 2)
            map[pairs[at]] = pairs[at + 1];
        return map.ToFrozenDictionary();
    }
}

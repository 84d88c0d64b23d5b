package words

import (
	"slices"
	"strings"

	"github.com/faultline-http/faultline/causes/internal/pattern"
)

// foreign are the common words for a kind of mistake in other languages. They are looked for where no
// English phrase fits; the field is named beside the sentence, or stands in it as it is.
var foreign = []phrase{
	// null, and what is not known
	say(Null, `darf nicht null sein|(?:ne (?:doit|peut) pas|ne peut) être (?:nul|null)|no (?:puede|debe) ser nul[oa]|não pode ser nul[oa]|non (?:può|deve) essere null|mag niet null zijn|不能为null|nullにできません`),
	say(Unknown, `unbekannte[srnm]? (?:feld|parameter|eigenschaft|attribut|schlüssel)|(?:ist|sind) nicht (?:erlaubt|zulässig)|(?:champ|paramètre|propriété|attribut|clé) (?:inconnue?|non (?:autorisé|reconnu|permis)e?)|n'est pas (?:autorisé|permis|reconnu)e?|`+
		`(?:campo|parámetro|propiedad|atributo|parâmetro|propriedade|parametro|proprietà|attributo) (?:desconocid[oa]|desconhecid[oa]|sconosciut[oa]|no (?:permitid[oa]|reconocid[oa])|não (?:permitid[oa]|reconhecid[oa]))|no está permitid[oa]|não é permitid[oa]|non è consentit[oa]|onbekend(?:e)? (?:veld|parameter)|неизвестн\w+|未知(?:的)?(?:字段|参数|屬性|属性)|不支持的(?:字段|参数)|不明な(?:フィールド|パラメータ|パラメーター|項目)|未知の`),
	// another type
	say(Type, `muss (?:vom typ|eine? (?:ganze |gültige )?(?:zahl|ganzzahl|zeichenkette|array|liste|boolean|wahrheitswert|objekt|text|string))|keine (?:gültige )?(?:ganz)?zahl|doit être (?:de type|une? (?:nombre|entier|chaîne|booléen|tableau|liste|objet|numérique))|n'est pas un (?:nombre|entier)|`+
		`(?:debe|tiene que) ser (?:de tipo|una? (?:número|entero|cadena|texto|booleano|arreglo|lista|objeto))|no es un (?:número|entero)|deve ser (?:do tipo|uma? (?:número|inteiro|texto|string|booleano|lista|objeto))|não é um (?:número|inteiro)|deve essere (?:di tipo|una? (?:numero|intero|stringa|booleano|lista))|moet een (?:geheel )?(?:getal|nummer|tekst|lijst)|`+
		`должн\w+ быть (?:числом|целым|строкой)|必须(?:是|为)(?:一个)?(?:整数|数字|字符串|布尔|数组|整型|对象)|必須(?:是|為)(?:整數|數字|字串)|类型(?:错误|不正确|不匹配)|(?:整数|数値|数字|文字列|配列)(?:で|を|に|である)|型が(?:違|不正|正しく)`),
	// absent, or empty
	say(Missing, `erforderlich|pflichtfeld|wird benötigt|muss (?:angegeben|ausgefüllt|gesetzt) (?:werden|sein)|\bfehlt\b|fehlende[srn]?\b|darf nicht (?:leer|fehlen)|obligatoire|\brequise?s?\b|manquante?s?\b|ne (?:doit|peut) pas être (?:vide|absent)|\bvide\b|`+
		`obligatori[oa]s?\b|requerid[oa]s?\b|\bfalta\b|no (?:puede|debe) estar vací[oa]|obrigatóri[oa]|\bausente\b|não (?:pode|deve) (?:estar|ser) vazi[oa]|\bfaltando\b|obbligatori[oa]|\bmancante\b|non (?:può|deve) essere vuot[oa]|\bverplicht|\bontbreekt|mag niet leer|`+
		`обязательн\w*|отсутствует|не может быть пуст\w+|wymagan[eay]|не указан\w*|必填|不能为空|不能為空|不可为空|缺少|不得为空|必須|必要です|入力してください|필수|입력해`),
	// refused
	say(Value, `ungültig\w*|muss (?:größer|kleiner|mindestens|höchstens|zwischen|eine gültige)|nicht (?:gültig|unterstützt)|zu (?:lang|kurz|groß|klein)|non valide|\binvalide|n'est pas valide|n'est pas une? [\wé]+ valide|doit être (?:supérieur|inférieur|compris|au (?:moins|plus)|une? [\wé]+ valide)|doit (?:contenir|comporter)|`+
		`no es válid[oa]|no es una? [\wóí]+ válid[oa]|(?:^|[^\p{L}])inválid[oa]|debe (?:ser (?:mayor|menor|al menos|como máximo)|tener|contener|estar)|não é válid[oa]|deve (?:ser (?:maior|menor|no (?:mínimo|máximo))|ter|conter|estar)|non (?:è )?valid[oa]|deve essere (?:maggiore|minore|compreso|almeno)|ongeldig|moet (?:groter|kleiner|minstens|maximaal)|`+
		`недопустим\w*|неверн\w*|некорректн\w*|должн\w+ быть (?:больше|меньше|не)|nieprawidłow\w*|无效|無效|不合法|非法|格式(?:不正确|错误|有误|不正確)|超出|(?:大于|小于|必须在)|必须(?:是|为)|不正|無効|正しくありません|以(?:上|下)|範囲|올바르지|유효하지|잘못된`),
}

// eastern are scripts whose sentences need no blanks.
var eastern = compile(`[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]`)

func classifyForeign(line pattern.Line) Kind {
	for i := range foreign {
		if line.Matches(foreign[i].re) {
			return foreign[i].kind
		}
	}
	return Unclear
}

var (
	// besideScript is a name in Latin letters that touches a sentence in another script, or stands in its quotes.
	besideScript = compile(`(?:^|[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\s:：「『【“"'])([A-Za-z_][\w.\-]*(?:\[\d+\][\w.]*)*)["'”」』】]?\s*(?:$|[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}])`)
	// foreignNoun is a name behind or before a word for field or parameter.
	foreignNoun = compile(`(?i)(?:feld|champ|campo|veld|pole|поле|parameter|paramètre|parámetro|parâmetro|parametro|параметр|eigenschaft|attribut|atributo|propriété|propiedad|propriedade|proprietà)\s+["'«„]?([A-Za-z_][\w.\-]*(?:\[\d+\][\w.]*)*)`)
	// foreignSubject is a name that a sentence begins with.
	foreignSubject = compile(`(?i)^["'«„]?([A-Za-z_][\w.\-]*(?:\[\d+\][\w.]*)*)["'»“]? (?:ist|muss|darf|fehlt|wird|est|doit|ne|n'est|es|debe|no|é|deve|não|è|non|moet|mag|обязател\p{L}*|долж\p{L}*|jest)\s`)
)

// foreignNames returns the names of such a sentence.
func foreignNames(line pattern.Line) []string {
	var out []string
	for _, re := range [...]*pattern.Pattern{foreignSubject, foreignNoun, besideScript} {
		if re == besideScript && !line.Matches(eastern) {
			continue
		}
		for _, m := range line.All(re, 3) {
			if n := cleanName(m.Group(line.Text, 1)); n != "" && !article(n) && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

// article are words that sentences in those languages begin with.
func article(word string) bool {
	return slices.Contains([]string{"der", "die", "das", "ein", "eine", "le", "la", "les", "ce", "cette", "el", "los", "las", "este", "esta", "o", "os", "il", "lo", "het", "de", "valor", "wert", "valeur", "feld", "champ", "campo"}, strings.ToLower(word))
}

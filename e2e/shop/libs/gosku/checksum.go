package gosku

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// Checksum is the check character of a text by ISO/IEC 7064, MOD 37,36: it finds every wrong
// character and every swapped pair of neighbours. Characters outside of A-Z and 0-9 do not count.
func Checksum(text string) byte {
	product := 36
	for i := 0; i < len(text); i++ {
		value := valueOf(text[i])
		if value < 0 {
			continue
		}
		sum := (product + value) % 36
		if sum == 0 {
			sum = 36
		}
		product = sum * 2 % 37
	}
	return alphabet[(37-product)%36]
}

// Valid tells whether the last character of a text is its check character.
func Valid(text string) bool {
	if len(text) < 2 {
		return false
	}
	return Checksum(text[:len(text)-1]) == text[len(text)-1]
}

func valueOf(char byte) int {
	switch {
	case char >= '0' && char <= '9':
		return int(char - '0')
	case char >= 'A' && char <= 'Z':
		return int(char-'A') + 10
	}
	return -1
}
